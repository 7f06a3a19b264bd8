import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

/** Starts a thread with its own heap and clock, which runs a TypeScript file and its imports. */
export async function startWorker(file: URL): Promise<Worker> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`));
}
