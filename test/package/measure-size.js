import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @type {typeof import('./measure-size.js').consumers} */
export const consumers = [
  {
    what: 'bridge with a custom transport',
    imports: ['WidgetBridge'],
    limit: 6_500,
    ceiling: 12_100,
  },
  {
    what: 'bridge + httpTransport',
    imports: ['WidgetBridge', 'httpTransport'],
    limit: 13_000,
    ceiling: 22_700,
  },
  {
    what: 'bridge + httpTransport + QueuePoller',
    imports: ['WidgetBridge', 'httpTransport', 'QueuePoller'],
    limit: 28_000,
    ceiling: 48_300,
  },
];

/** @type {Map<string, ReturnType<typeof measure>>} */
const measured = new Map();

// Several tests measure the same.
/** @type {typeof import('./measure-size.js').measureSize} */
export function measureSize(imports, external = []) {
  const key = JSON.stringify([imports, external]);
  const size = measured.get(key) ?? measure(imports, external);
  measured.set(key, size);
  return size;
}

/**
 * @param {Readonly<Record<string, readonly string[]>>} imports
 * @param {readonly string[]} external
 */
async function measure(imports, external) {
  const contents = Object.entries(imports)
    .map(([from, names]) => `export { ${names.join(', ')} } from '${from}';`)
    .join('\n');
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    external: [...external],
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  // A warning in a consumer's build is a fault of the package.
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'));
  const [bundle] = outputFiles;
  return {
    minified: bundle.contents.length,
    gzipped: gzipSync(bundle.contents, { level: 9 }).length,
    packages: packagesIn(metafile),
  };
}

/** @param {import('esbuild').Metafile} metafile */
function packagesIn({ outputs }) {
  const names = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
      return name && bytesInOutput > 0 ? [name] : [];
    }),
  );
  return [...new Set(names)].sort();
}
