// The lists of pages beside each page.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { guideGroups, pageNames, titleOf } from './pages.js';

/** All guides, grouped as in README.md. */
export function guideSidebar() {
  const names = pageNames();
  return guideGroups().map(({ text, files }) => ({
    text,
    items: files.map((file) => ({
      text: file === 'README.md' ? 'Overview' : titleOf(file),
      link: `/${names.get(file)}`,
    })),
  }));
}

/** For each entry of the package: all entries, and below it its exported names. */
export function referenceSidebars(folder) {
  const entries = entriesIn(folder, '');
  const linksWith = (open) => [
    { text: 'API reference', link: '/api/', items: entries.map((entry) => linkTo(entry)) },
    ...(open ? [{ text: open, items: namesIn(join(folder, open), open) }] : []),
  ];
  return {
    '/api/': linksWith(undefined),
    ...Object.fromEntries(entries.map((entry) => [`/api/${entry}/`, linksWith(entry)])),
  };
}

function linkTo(entry) {
  return { text: entry, link: `/api/${entry}/` };
}

/** The folders that have an index: each is an entry, and may hold others. */
function entriesIn(folder, path) {
  return foldersIn(join(folder, path)).flatMap((name) => {
    const entry = path ? `${path}/${name}` : name;
    return existsSync(join(folder, entry, 'index.md')) ? [entry, ...entriesIn(folder, entry)] : [];
  });
}

/** The folders without an index: each holds the names of one kind, such as functions. */
function namesIn(folder, entry) {
  const kinds = foldersIn(folder).filter((name) => !existsSync(join(folder, name, 'index.md')));
  const names = kinds.flatMap((kind) =>
    readdirSync(join(folder, kind)).map((file) => {
      const text = file.replace(/\.md$/, '');
      return { text, link: `/api/${entry}/${kind}/${text}` };
    }),
  );
  return names.sort((a, b) => a.text.localeCompare(b.text, 'en'));
}

function foldersIn(folder) {
  const found = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());
  return found.map(({ name }) => name).sort();
}
