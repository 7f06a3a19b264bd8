import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { asPublished, bundlePage } from '../bundle-page.ts';

/** A way to load the package: the files of the page, and what its policy allows besides `'self'`. */
export interface Way {
  readonly html: string;
  readonly pageScript: string;
  readonly sources: string;
}

const source = /\/src\/index\.ts$/;

/** For a script tag: the package is a global. */
const fromGlobal: Plugin = {
  name: 'from-global',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: source }, () => ({ path: 'Bankside', namespace: 'global' }));
    onLoad({ filter: /.*/, namespace: 'global' }, ({ path }) => ({ contents: `module.exports = ${path};` }));
  },
};

/** For an import at run time, by this specifier. The import map resolves the rest. */
function imported(specifier: string, others: readonly string[] = []): Plugin {
  return {
    name: 'imported',
    setup({ initialOptions, onResolve }) {
      initialOptions.format = 'esm';
      initialOptions.external = [...others];
      onResolve({ filter: source }, () => ({ path: specifier, external: true }));
    },
  };
}

/** For the built modules, one file each, and the packages that they import. */
const unbundled = JSON.stringify({
  imports: {
    bankside: '/dist/index.js',
    ky: '/node_modules/ky/distribution/index.js',
    mitt: '/node_modules/mitt/dist/mitt.mjs',
    'zod/': '/node_modules/zod/',
    'zod/mini': '/node_modules/zod/mini/index.js',
  },
});

const pageOf = (head: string): string => `<!doctype html><head>${head}</head><body></body>`;
const asModule = '<script src="/page.js" type="module"></script>';
const build = (plugin: Plugin): Promise<string> => bundlePage('test/pages/csp/page.ts', plugin);

/** One file that contains the package, as at most banks. */
async function inPageBundle(): Promise<Way> {
  const html = pageOf('<script src="/page.js" defer></script>');
  return { html, pageScript: await build(asPublished), sources: '' };
}

export const ways: Readonly<Record<string, () => Promise<Way>>> = {
  'in the bundle of the page': inPageBundle,
  'by script tag': async () => ({
    html: pageOf('<script src="/dist/bankside.iife.min.js"></script><script src="/page.js" defer></script>'),
    pageScript: await build(fromGlobal),
    sources: '',
  }),
  'as one module': async () => ({
    html: pageOf(asModule),
    pageScript: await build(imported('/dist/bankside.min.js')),
    sources: '',
  }),
  'as unbundled modules': async () => ({
    html: pageOf(`<script type="importmap">${unbundled}</script>${asModule}`),
    pageScript: await build(imported('bankside', ['zod/mini'])),
    sources: ` 'sha256-${createHash('sha256').update(unbundled).digest('base64')}'`,
  }),
};

/** The content of the file of the build, or of a package, that the path names, if any. */
export function readModule(path: string): string | undefined {
  if (!/^\/(dist|node_modules)\/[\w./-]+\.m?js$/.test(path)) return undefined;
  return readFileSync(`.${path}`, 'utf8');
}
