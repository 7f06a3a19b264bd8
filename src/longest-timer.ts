/** setTimeout takes no more: a longer delay would fire at once. In ms. */
export const LONGEST_TIMER: number = 2 ** 31 - 1;
