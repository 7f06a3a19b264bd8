export interface Bundle {
  /** One script, minified by that bundler. */
  readonly code: string;
  readonly warnings: readonly string[];
}

/** Builds a page's script from the path of its source, with the usual bundlers. */
export const bundlers: Readonly<
  Record<'esbuild' | 'Rollup' | 'Vite' | 'webpack', (entry: string) => Promise<Bundle>>
>;
