import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type BuildOptions, build } from 'esbuild';

/**
 * Starts a thread with its own heap and clock, which runs a TypeScript file and its imports.
 *
 * @param options `supported`: what of the language is not kept but written in older words, as esbuild names it.
 */
export async function startWorker(file: URL, options: Pick<BuildOptions, 'supported'> = {}): Promise<Worker> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    ...options,
  });
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`));
}
