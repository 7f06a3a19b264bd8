import { testVanilla } from './vanilla.ts';

testVanilla('webkit');
