import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles a script of bench/page as a bank's build would: minified, from the built package.
 *
 * @param {string} entry Its name in bench/page.
 * @param {{ dist?: string, minify?: boolean }} options
 */
export async function bundle(entry, { dist = join(root, 'dist'), minify = true } = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'bench/page', entry)],
    alias: {
      'bankside/inspector': join(dist, 'inspector.js'),
      'bankside/react': join(dist, 'react.js'),
      bankside: join(dist, 'index.js'),
    },
    nodePaths: [join(root, 'node_modules')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify,
    write: false,
    logLevel: 'error',
  });
  return /** @type {import('esbuild').OutputFile} */ (outputFiles[0]).text;
}
