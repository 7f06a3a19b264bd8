import { testVanilla } from '../../pages/vanilla/vanilla.ts';

testVanilla('webkit');
