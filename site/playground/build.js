// Builds the playground: static files, which work at any address.
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @type {import('esbuild').BuildOptions} */
const options = {
  bundle: true,
  minify: true,
  target: ['es2022', 'safari15.4'],
  loader: { '.svg': 'file' },
  // msw loads it for handlers of GraphQL, and there are none.
  external: ['graphql'],
  absWorkingDir: here,
  logLevel: 'warning',
};

/**
 * Needs the built package.
 *
 * @param {string} out The folder of the playground. It is made if it is missing.
 */
export async function buildPlayground(out) {
  const outdir = resolve(out); // esbuild would take it for one in this folder
  await mkdir(out, { recursive: true });
  await build({
    ...options,
    entryPoints: { main: 'main.ts', style: 'style.css', bank: 'bank/bank.ts' },
    outdir,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
  });
  // In one file: some browsers have no modules in service workers.
  await build({
    ...options,
    entryPoints: { 'sandbox-worker': 'worker/sandbox-worker.ts' },
    outdir,
    format: 'iife',
  });
  await copyFile(join(here, 'index.html'), join(out, 'index.html'));
  await copyFile(join(here, 'bank/bank.html'), join(out, 'bank.html'));
}
