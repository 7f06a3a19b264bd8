import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The script of the page, as one module. */
export async function bundleSoak() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
