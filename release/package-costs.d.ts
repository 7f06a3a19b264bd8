/** A package that is installed with this one, as package-lock.json has it. */
export interface PackageCost {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** By how many bytes a page that imports all of `bankside` is smaller without it, minified and gzipped. */
  readonly gzipped: number;
}

export function packageCosts(): Promise<readonly PackageCost[]>;
