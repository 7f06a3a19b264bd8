import { testVanillaInTrouble } from '../../pages/vanilla/vanilla.ts';

testVanillaInTrouble('firefox');
