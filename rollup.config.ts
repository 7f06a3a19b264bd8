import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { Plugin, RollupOptions } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

const fileName = 'bankside.iife.min.js';

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

/** Names what is inlined at the head of the bundle, and lays the licences, which must go with every copy, beside it. */
function licences(): Plugin {
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

/** The bundle for pages without a build: one `<script>`, nothing to load besides, everything on the global `Bankside`. */
const bundle: RollupOptions = {
  input: 'src/index.ts',
  output: {
    file: `dist/${fileName}`,
    format: 'iife',
    name: 'Bankside',
    sourcemap: true,
    inlineDynamicImports: true,
  },
  plugins: [nodeResolve({ browser: true }), esbuild({ target: 'es2022', minify: true }), licences()],
};

export default bundle;
