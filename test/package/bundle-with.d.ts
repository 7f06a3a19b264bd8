export interface Bundle {
  /** One script, minified as that bundler does it. */
  readonly code: string;
  readonly warnings: readonly string[];
}

/** Builds a page's script from the path of its source, with the bundlers that pages are built with. */
export const bundlers: Readonly<
  Record<'esbuild' | 'Rollup' | 'Vite' | 'webpack', (entry: string) => Promise<Bundle>>
>;
