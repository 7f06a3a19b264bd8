/** What a page may import from `bankside`, and its size in bytes, minified and gzipped. */
export const consumers: readonly {
  readonly what: string;
  readonly imports: readonly string[];
  /** The target. The bench reports it as missed while the size is above it. */
  readonly limit: number;
  /** The limit: slightly more than the size, since compression differs a little between machines. */
  readonly ceiling: number;
}[];

/**
 * Bundles a page that imports these names from these packages, dependencies included, and from the built
 * `bankside`. Sizes are in bytes; 1 kB is 1,000 bytes.
 *
 * @param external Packages that are not bundled.
 */
export function measureSize(
  imports: Readonly<Record<string, readonly string[]>>,
  external?: readonly string[],
): Promise<{
  readonly minified: number;
  readonly gzipped: number;
  /** The names of other packages that have code in it. */
  readonly packages: readonly string[];
}>;
