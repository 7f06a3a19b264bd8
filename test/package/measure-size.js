import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @type {typeof import('./measure-size.js').consumers} */
export const consumers = [
  {
    what: 'bridge with a transport of one’s own',
    imports: ['WidgetBridge'],
    limit: 6_500,
    ceiling: 7_300,
  },
  {
    what: 'bridge + httpTransport',
    imports: ['WidgetBridge', 'httpTransport'],
    limit: 13_000,
    ceiling: 9_920,
  },
  {
    what: 'bridge + httpTransport + QueuePoller',
    imports: ['WidgetBridge', 'httpTransport', 'QueuePoller'],
    limit: 28_000,
    ceiling: 21_120,
  },
];

/** @type {typeof import('./measure-size.js').measureSize} */
export async function measureSize(imports, external = []) {
  const contents = Object.entries(imports)
    .map(([from, names]) => `export { ${names.join(', ')} } from '${from}';`)
    .join('\n');
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    external: [...external],
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  // A consumer's build that warns is a fault of the package.
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'));
  const [bundle] = outputFiles;
  return { minified: bundle.contents.length, gzipped: gzipSync(bundle.contents, { level: 9 }).length };
}
