import manifest from '../package.json' with { type: 'json' };

type Export = readonly [path: string, files: { readonly types: string; readonly default: string }];

const isBundle = ([path]: Export): boolean => path.endsWith('.min.js');

const exported = Object.entries(manifest.exports).filter(
  (entry): entry is [string, { types: string; default: string }] => typeof entry[1] !== 'string',
);

/** The package's public entries by the name that a page imports, and the source that each is built from. */
export const entries: readonly (readonly [name: string, source: string])[] = exported
  .filter((entry) => !isBundle(entry))
  .map(([path, { default: built }]) => [
    path.replace('.', manifest.name),
    built.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
  ]);

/** The entries that are also one file each, for pages without a bundler: the entry's source, and the file. */
export const bundles: readonly (readonly [source: string, file: string])[] = exported
  .filter(isBundle)
  .map(([, files]) => [
    files.types.replace('./dist/', 'src/').replace(/\.d\.ts$/, '.ts'),
    files.default.replace('./', ''),
  ]);
