export interface SoakOptions {
  readonly seed: number;
  /** Of simulated time. */
  readonly minutes: number;
  /** How many bridges and pollers start and end. */
  readonly lives: number;
}

/** The result. `wrong` must be empty, and each count in `left` 0. */
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

/** A bridge or a poller, from its start to its end. */
export interface Life {
  readonly ends: number;
  /** Does something at random. */
  step(): void;
  /** Ends it. Resolves with what was wrong. */
  end(): Promise<string[]>;
  readonly sums: Partial<SoakResult>;
}
