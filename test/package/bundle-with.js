import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { minify } from 'rollup-plugin-esbuild';
import { build as vite } from 'vite';
import webpack from 'webpack';

/** @typedef {import('./bundle-with.js').Bundle} Bundle */

/** @type {typeof import('./bundle-with.js').bundlers} */
export const bundlers = { esbuild: withEsbuild, Rollup: withRollup, Vite: withVite, webpack: withWebpack };

/** @param {string} entry @returns {Promise<Bundle>} */
async function withEsbuild(entry) {
  const { outputFiles, warnings } = await esbuild({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  return { code: outputFiles[0]?.text ?? '', warnings: warnings.map(({ text }) => text) };
}

/** @param {string} entry @returns {Promise<Bundle>} */
async function withRollup(entry) {
  /** @type {string[]} */
  const warnings = [];
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ browser: true }), minify({ target: 'es2022', legalComments: 'none' })],
    onwarn: ({ message }) => warnings.push(message),
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return { code: output[0].code, warnings };
}

/** @param {string} entry @returns {Promise<Bundle>} */
async function withVite(entry) {
  /** @type {string[]} */
  const warnings = [];
  const result = await vite({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: entry, onwarn: ({ message }) => warnings.push(message ?? '') },
    },
  });
  const [bundle] = [result].flat();
  const output = bundle && 'output' in bundle ? bundle.output : undefined;
  return { code: output?.[0].code ?? '', warnings };
}

/** @param {string} entry @returns {Promise<Bundle>} */
async function withWebpack(entry) {
  const folder = await mkdtemp(join(tmpdir(), 'webpack-'));
  const compiler = webpack({
    mode: 'production',
    target: ['web', 'es2022'],
    entry,
    output: { path: folder, filename: 'page.js' },
    devtool: false,
    performance: false,
  });
  if (!compiler) throw new Error('webpack made no compiler');
  try {
    const stats = await promisify(compiler.run.bind(compiler))();
    await promisify(compiler.close.bind(compiler))();
    const { warnings = [], errors = [] } = stats?.toJson({ all: false, warnings: true, errors: true }) ?? {};
    const told = [...errors, ...warnings].map(({ message }) => message);
    return { code: errors.length ? '' : await readFile(join(folder, 'page.js'), 'utf8'), warnings: told };
  } finally {
    await rm(folder, { recursive: true });
  }
}
