import { testVanilla, testVanillaInTrouble } from './vanilla.ts';

testVanilla('chromium');
testVanillaInTrouble('chromium');
