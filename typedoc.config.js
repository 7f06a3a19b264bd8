import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { OptionDefaults, PageEvent } from 'typedoc';
import { writeReferencePages } from './release/reference-pages.js';

const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Each public entry, by the source that its declarations are built from. */
const entryPoints = [...new Set(Object.values(exports).flatMap(({ types }) => types ?? []))].map((types) =>
  types.replace('./dist/', 'src/').replace('.d.ts', '.ts'),
);

const folder = mkdtempSync(join(tmpdir(), 'reference-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const { readme, guides } = writeReferencePages(folder);

/**
 * Links of guides to README.md name a folder. With a file, they also work where the site is opened from a disk.
 *
 * @param {import('typedoc').Application} app
 */
function nameIndexPage(app) {
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents?.replaceAll('href="../#', 'href="../index.html#');
  });
}

/**
 * The API reference, from the docstrings: `npm run docs` writes it to `api/`. A name without a docstring, a type that
 * cannot be looked up, or a link that leads nowhere, is an error.
 *
 * @type {Partial<import('typedoc').TypeDocOptions>}
 */
const config = {
  name: 'bankside',
  entryPoints,
  readme,
  projectDocuments: guides,
  out: 'api',
  plugin: [nameIndexPage],
  highlightLanguages: [
    ...OptionDefaults.highlightLanguages,
    'http',
    'sh',
    'swift',
    'kotlin',
    'dart',
    'vue',
    'svelte',
  ],
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
