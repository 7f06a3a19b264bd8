import manifest from '../package.json' with { type: 'json' };

/** The package's public entries by the name that a page imports, and the source that each is built from. */
export const entries: readonly (readonly [name: string, source: string])[] = Object.entries(manifest.exports)
  .filter((entry): entry is [string, { types: string; default: string }] => typeof entry[1] !== 'string')
  .map(([path, { default: built }]) => [
    path.replace('.', manifest.name),
    built.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
  ]);
