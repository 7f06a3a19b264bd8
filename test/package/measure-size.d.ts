/** What a page may import from `bankside`, and how many bytes that comes to, minified and gzipped. */
export const consumers: readonly {
  readonly what: string;
  readonly imports: readonly string[];
  /** What it is to come down to; where it has not yet, the bench prints it as lost. */
  readonly limit: number;
  /** What it must not grow beyond: some bytes more than it has, as engines pack a little better or worse on other machines. */
  readonly ceiling: number;
}[];

/**
 * Bundles a page that imports these names from these packages, dependencies included; from `bankside` as it was built. In
 * bytes; 1 kB is 1,000 of them.
 *
 * @param external Packages that are left out.
 */
export function measureSize(
  imports: Readonly<Record<string, readonly string[]>>,
  external?: readonly string[],
): Promise<{
  readonly minified: number;
  readonly gzipped: number;
  /** The packages of others that have code in it, by name. */
  readonly packages: readonly string[];
}>;
