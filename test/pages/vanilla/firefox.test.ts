import { testVanilla } from './vanilla.ts';

testVanilla('firefox');
