export interface SoakOptions {
  readonly seed: number;
  /** Of simulated life. */
  readonly minutes: number;
  /** Bridges and pollers that come and go. */
  readonly lives: number;
}

/** What it came to. All of `wrong` and `left` is to be empty, and 0. */
export interface SoakResult {
  readonly requests: number;
  readonly replies: number;
  readonly failures: number;
  readonly polls: number;
  readonly events: number;
  readonly synchronisations: number;
  readonly trouble: number;
  readonly wrong: readonly string[];
  readonly left: Readonly<Record<string, number>>;
}

/** A life that began at some time, and ends at another. */
export interface Life {
  readonly ends: number;
  /** Something happens to it. */
  step(): void;
  /** Resolves with what was wrong. */
  end(): Promise<string[]>;
  readonly sums: Partial<SoakResult>;
}
