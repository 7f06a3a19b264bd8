import { testVanilla } from './vanilla.ts';

testVanilla('chromium');
