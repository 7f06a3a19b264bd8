/** A button that makes something go wrong. */
export interface Trouble {
  readonly name: string;
  readonly label: string;
  /** What there is to see then. */
  readonly expect: string;
  /** Rejects if it was not taken. */
  make(): Promise<unknown>;
}
