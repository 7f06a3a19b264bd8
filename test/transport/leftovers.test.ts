import { leavesNothingBehind } from './leftovers.ts';

leavesNothingBehind();
