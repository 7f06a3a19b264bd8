import { leavesNothingBehind } from '../fixtures/leaves-nothing-behind.ts';

leavesNothingBehind();
