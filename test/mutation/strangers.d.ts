/** One change of the code. */
export interface Mutant extends Change {
  /** The number of its first line. */
  readonly at: number;
  /** What its tests did: fail, or come to no end, or pass. */
  readonly fate: 'killed' | 'timeout' | 'survived';
}

export interface Change {
  readonly file: string;
  /** What stands there, with single spaces; of more than one line, all. */
  readonly line: string;
  /** The same with the change. */
  readonly becomes: string;
}

/**
 * The changes that no test notices, each with the reason: by file, and by the line that is changed, so that the list
 * stays right when lines move.
 */
export type Survivors = Readonly<
  Record<
    string,
    readonly { readonly line: string; readonly becomes: readonly string[]; readonly reason: string }[]
  >
>;

/**
 * What the list and the tests disagree about.
 *
 * @param mutants All those of their files.
 */
export function strangers(
  mutants: readonly Mutant[],
  survivors: Survivors,
): {
  /** Those that survive and are not listed. */
  readonly unlisted: readonly Mutant[];
  /**
   * Those that are listed, and are noticed or can no longer be made. One that ran out of time is neither: a busy
   * machine may have been the reason.
   */
  readonly stale: readonly Change[];
};
