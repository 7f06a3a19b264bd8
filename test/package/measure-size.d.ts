/** What a page may import from `bankside`, and how many bytes that comes to, minified and gzipped. */
export const consumers: readonly {
  readonly what: string;
  readonly imports: readonly string[];
  /** What it is to come down to: it has not yet, and the bench prints it as lost. */
  readonly limit: number;
  /** What it must not grow beyond on the way. */
  readonly ceiling: number;
}[];

/**
 * Bundles a page that imports these names from the built package, or from another, dependencies included. In bytes; 1 kB is
 * 1,000 of them.
 */
export function measureSize(
  imports: readonly string[],
  from?: string,
): Promise<{ readonly minified: number; readonly gzipped: number }>;
