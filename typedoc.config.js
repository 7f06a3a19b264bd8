import { readFileSync } from 'node:fs';
import { OptionDefaults } from 'typedoc';

const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Each public entry, by the source that its declarations are built from. */
const entryPoints = Object.values(exports)
  .map(({ types }) => types)
  .filter(Boolean)
  .map((types) => types.replace('./dist/', 'src/').replace('.d.ts', '.ts'));

/**
 * The API reference, from the docstrings: `npm run docs` writes it to `api/`. A name without a docstring, a type that
 * cannot be looked up, or a link that leads nowhere, is an error.
 *
 * @type {Partial<import('typedoc').TypeDocOptions>}
 */
const config = {
  name: 'bankside',
  entryPoints,
  out: 'api',
  highlightLanguages: [...OptionDefaults.highlightLanguages, 'http', 'sh', 'swift', 'kotlin', 'dart'],
  treatWarningsAsErrors: true,
  // Else a copy of the project that is no clone of anything has no reference, but a warning.
  disableSources: true,
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    notDocumented: true,
    rewrittenLink: true,
  },
};

export default config;
