import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @typedef {import('./bundle-with.js').Bundle} Bundle */

// Each is loaded when it is used: loading all takes seconds.
/** @type {typeof import('./bundle-with.js').bundlers} */
export const bundlers = { esbuild: withEsbuild, Rollup: withRollup, Vite: withVite, webpack: withWebpack };

/** @param {string} entry @returns {Promise<Bundle>} */
async function withEsbuild(entry) {
  const { build: esbuild } = await import('esbuild');
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
  const [{ rollup }, { nodeResolve }, { minify }] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
    import('rollup-plugin-esbuild'),
  ]);
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
  const { build: vite } = await import('vite');
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
  const { default: webpack } = await import('webpack');
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
    const messages = [...errors, ...warnings].map(({ message }) => message);
    return { code: errors.length ? '' : await readFile(join(folder, 'page.js'), 'utf8'), warnings: messages };
  } finally {
    await rm(folder, { recursive: true });
  }
}
