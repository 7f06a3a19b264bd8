import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { codeUnder } from '../../docs/fixtures/pages.ts';

/** Resolves `documented` to the code of the docs, and the source to the build. */
const asDocumented: Plugin = {
  name: 'as-documented',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^documented$/ }, ({ path }) => ({ path, namespace: 'documents' }));
    onLoad({ filter: /.*/, namespace: 'documents' }, () => ({
      contents: codeUnder('docs/testing.md', 'In a service worker').code,
      loader: 'ts',
      resolveDir: resolve('test'),
    }));
    onResolve({ filter: /\/src\/index\.ts$/ }, () => ({ path: resolve('dist/index.js') }));
  },
};

/** The script of the page: the code of the docs, and a use of its results. */
export async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { bridge, sandbox } from 'documented';
        import { usePage } from './page.ts';
        await usePage(sandbox, bridge);`,
      resolveDir: resolve('test/pages/service-worker'),
    },
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [asDocumented],
  });
  const [file] = outputFiles;
  if (!file) throw new Error('Nothing was bundled');
  return file.text;
}
