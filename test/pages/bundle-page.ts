import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** With the package as it is published, where a page imports its source. */
export const asPublished: Plugin = {
  name: 'as-published',
  setup({ onResolve }) {
    onResolve({ filter: /\/src\/\w+\.ts$/ }, ({ path }) => ({
      path: resolve(path.replace(/.*\/src\/(\w+)\.ts$/, 'dist/$1.js')),
    }));
  },
};

/** A page's script with all that it imports, as one file. */
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
