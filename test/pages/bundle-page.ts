import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** Replaces imports of the source by the built package. */
export const asPublished: Plugin = {
  name: 'as-published',
  setup({ onResolve }) {
    onResolve({ filter: /\/src\/[\w/-]+\.ts$/ }, ({ path }) => ({
      path: resolve(path.replace(/.*\/src\/(.*)\.ts$/, 'dist/$1.js')),
    }));
  },
};

/** A page's script and its imports, as one file. */
export async function bundlePage(entryPoint: string, ...plugins: readonly Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: 'iife',
    write: false,
    plugins: [...plugins],
  });
  const [file] = outputFiles;
  if (!file) throw new Error('Nothing was bundled');
  return file.text;
}
