import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fencesIn, type MarkdownPage, readMarkdown, type Snippet } from './markdown.ts';

/** All that is written for the package's users. */
export const pages: readonly MarkdownPage[] = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map(readMarkdown);

export function pageOf(file: string): MarkdownPage {
  const page = pages.find((known) => known.file === file);
  if (!page) throw new Error(`There is no page ${file}`);
  return page;
}

const sources: readonly string[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src', name));

/** The examples of the docstrings. */
export const examples: readonly Snippet[] = sources.flatMap((file) =>
  fencesIn(
    file,
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => /^\s*\* ?(?!\/)(.*)$/.exec(line)?.[1] ?? ''),
  ),
);

/** How many examples the docstrings announce. */
export const announcedExamples: number = sources.reduce(
  (sum, file) => sum + (readFileSync(file, 'utf8').match(/^\s*\* @example/gm) ?? []).length,
  0,
);

/** What its page shows are files for other test runners, which run in test/slow/test-your-page. */
const ofRunners = 'docs/test-your-page.md';

const all: readonly Snippet[] = [
  ...pages.filter(({ file }) => file !== ofRunners).flatMap(({ snippets }) => snippets),
  ...examples,
];

export function snippetsIn(...languages: readonly string[]): readonly Snippet[] {
  return all.filter(({ language }) => languages.includes(language));
}

/** The code under a heading, the first or the n-th of it. */
export function codeUnder(file: string, heading: string, n = 0): Snippet {
  const snippet = pageOf(file).snippets.filter(
    ({ heading: above, language }) => above === heading && /^[jt]s$/.test(language),
  )[n];
  if (!snippet) throw new Error(`${file} has no code number ${n} under “${heading}”`);
  return snippet;
}

/** Where an editor finds it. */
export function placeOf({ file, line }: Snippet): string {
  return `${file}:${line}`;
}
