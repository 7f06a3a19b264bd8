/** What a page may import from `bankside`, and how many bytes that may be, minified and gzipped. */
export const consumers: readonly {
  readonly what: string;
  readonly imports: readonly string[];
  readonly limit: number;
}[];

/** Bundles a page that imports these names from the built package, dependencies included. In bytes; 1 kB is 1,000 of them. */
export function measureSize(
  imports: readonly string[],
): Promise<{ readonly minified: number; readonly gzipped: number }>;
