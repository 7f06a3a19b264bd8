// Which files of the repository are pages of the site, and how they are grouped.
import { readdirSync, readFileSync } from 'node:fs';
import { listedGuides } from '../release/reference-pages.js';

/** The folder in which the pages are collected for the build. */
export const PAGES = '.pages';

/** Pages that stand outside of docs/. The others keep their name. */
const NAMES = {
  'README.md': 'overview',
  'CHANGELOG.md': 'changelog',
  'CONTRIBUTING.md': 'contributing',
  'SECURITY.md': 'security',
  'bench/results.md': 'figures',
};

/** The page that a group of the sidebar begins with, in the order of the table “Documentation” in README.md. */
const GROUPS = {
  'docs/vanilla.md': 'Start',
  'docs/bridge.md': 'The widget',
  'docs/connections.md': 'Bank connections',
  'docs/why-a-request-hangs.md': 'Find a fault',
  'docs/test-your-page.md': 'Test',
  'docs/review.md': 'Check and change',
};

/** The name of each page of the site, by its file in the repository. */
export function pageNames() {
  const guides = readdirSync('docs').filter((name) => name.endsWith('.md'));
  const named = guides.map((name) => [`docs/${name}`, name.replace(/\.md$/, '')]);
  return new Map([...Object.entries(NAMES), ...named]);
}

/** The groups of the sidebar: titles and files, as the table in README.md has them. */
export function guideGroups() {
  const groups = [{ text: 'Start', files: ['README.md'] }];
  for (const file of listedGuides().filter((path) => pageNames().has(path))) {
    const begun = GROUPS[file];
    if (begun && groups.at(-1).text !== begun) groups.push({ text: begun, files: [] });
    groups.at(-1).files.push(file);
  }
  const known = groups.flatMap(({ files }) => files);
  const rest = [...pageNames().keys()].filter((file) => !known.includes(file));
  groups.at(-1).files.push(...rest);
  return groups;
}

/** The title of a page: its first heading. */
export function titleOf(file) {
  const [, title = ''] = /^# (.*)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return title.replaceAll('`', '');
}
