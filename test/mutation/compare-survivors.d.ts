/** One change of the code. */
export interface Mutant extends Change {
  /** The number of its first line, from 1. */
  readonly at: number;
  /** Whether a test failed, ran out of time, or all passed. */
  readonly fate: 'killed' | 'timeout' | 'survived';
}

export interface Change {
  readonly file: string;
  /** The original code, with single spaces; all lines if there are several. */
  readonly line: string;
  /** The changed code, in the same form. */
  readonly becomes: string;
}

/**
 * The changes that no test notices, each with the reason: by file and by the text of the line, so that the list
 * stays right when lines move.
 */
export type Survivors = Readonly<
  Record<
    string,
    readonly { readonly line: string; readonly becomes: readonly string[]; readonly reason: string }[]
  >
>;

/**
 * The mutants about which the list and the tests disagree.
 *
 * @param mutants All mutants of their files.
 */
export function compareSurvivors(
  mutants: readonly Mutant[],
  survivors: Survivors,
): {
  /** Survivors that are not listed. */
  readonly unlisted: readonly Mutant[];
  /**
   * Listed mutants that are killed, or that no longer exist. A mutant that ran out of time counts as neither: the
   * machine may have been busy.
   */
  readonly stale: readonly Change[];
};
