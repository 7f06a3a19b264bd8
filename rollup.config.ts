import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { OutputOptions, Plugin, RollupOptions } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

/** The package that a module belongs to: its folder. Packages have folders with a nameless package.json of their own. */
function packageOf(module: string): string {
  const folder = dirname(module);
  const description = join(folder, 'package.json');
  const isPackage = existsSync(description) && 'name' in JSON.parse(readFileSync(description, 'utf8'));
  return isPackage ? folder : packageOf(folder);
}

/** Such as `mitt 3.0.1 (MIT)`. */
function nameOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${name} ${version} (${license})`;
}

function licenceOf(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${folder} has no licence file to go with the bundle`);
  return readFileSync(join(folder, file), 'utf8').trim();
}

/** Names the inlined packages at the head of the bundle, and writes their licences beside it: they must go with every copy. */
function licences(fileName: string): Plugin {
  const packagesIn = (modules: readonly string[]): string[] => [...new Set(modules.map(packageOf))].sort();
  return {
    name: 'licences',
    banner: ({ moduleIds }) =>
      `/*! ${packagesIn(moduleIds).map(nameOf).join(', ')}; see ${fileName}.LICENSE.txt */`,
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' ? output.moduleIds : [],
      );
      const texts = packagesIn(modules).map((folder) => `${nameOf(folder)}\n\n${licenceOf(folder)}\n`);
      this.emitFile({ type: 'asset', fileName: `${fileName}.LICENSE.txt`, source: texts.join('\n\n') });
    },
  };
}

/** One minified file with all that an entry imports, so that a page without a build loads nothing besides. */
function bundle(input: string, file: string, output: OutputOptions): RollupOptions {
  return {
    input,
    output: { file, sourcemap: true, inlineDynamicImports: true, ...output },
    plugins: [
      nodeResolve({ browser: true }),
      esbuild({ target: 'es2022', minify: true }),
      licences(basename(file)),
    ],
  };
}

const bundles: RollupOptions[] = [
  // For a script tag: everything on the global `Bankside`.
  bundle('src/index.ts', 'dist/bankside.iife.min.js', { format: 'iife', name: 'Bankside' }),
  // For `import` and import maps.
  bundle('src/index.ts', 'dist/bankside.min.js', { format: 'es' }),
  // The other entries that need neither a framework nor Node.
  bundle('src/inspector.ts', 'dist/inspector.min.js', { format: 'es' }),
  bundle('src/monitoring.ts', 'dist/monitoring.min.js', { format: 'es' }),
  bundle('src/recording.ts', 'dist/recording.min.js', { format: 'es' }),
  bundle('src/testing/doubles.ts', 'dist/testing/doubles.min.js', { format: 'es' }),
  bundle('src/webview-host.ts', 'dist/webview-host.min.js', { format: 'es' }),
];

export default bundles;
