import { readFileSync } from 'node:fs';

/** A fenced block of a page, or of a docstring. */
export interface Snippet {
  readonly file: string;
  /** Of its first line of code, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** The heading that it stands under; of a docstring, none. */
  readonly heading: string;
}

export interface Heading {
  readonly text: string;
  readonly line: number;
}

/** A page of Markdown, as far as the tests read it. */
export interface MarkdownPage {
  readonly file: string;
  readonly text: string;
  readonly headings: readonly Heading[];
  readonly snippets: readonly Snippet[];
  /** The rows of each table, the head first, with the heading that it stands under. */
  readonly tables: readonly { readonly heading: string; readonly rows: readonly (readonly string[])[] }[];
  /** Targets and titles as they are written. */
  readonly links: readonly {
    readonly target: string;
    readonly title: string | undefined;
    readonly line: number;
  }[];
}

export function readMarkdown(file: string): MarkdownPage {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const snippets = fencesIn(file, lines);
  // What is written in a block is no heading, table or link.
  const prose = [...lines];
  for (const { line, code } of snippets) prose.fill('', line - 1, line - 1 + code.split('\n').length);
  const headings = prose.flatMap((content, index) => {
    const heading = /^#+ (.*)$/.exec(content)?.[1];
    return heading === undefined ? [] : [{ text: heading, line: index + 1 }];
  });
  const headingAt = (line: number): string =>
    headings.filter((heading) => heading.line <= line).at(-1)?.text ?? '';
  return {
    file,
    text,
    headings,
    snippets: snippets.map((snippet) => ({ ...snippet, heading: headingAt(snippet.line) })),
    tables: tablesIn(prose).map(({ line, rows }) => ({ heading: headingAt(line), rows })),
    links: prose.flatMap((content, index) =>
      [...content.matchAll(/\]\(([^)\s]+)(?: "([^"]*)")?\)/g)].map(([, target = '', title]) => ({
        target,
        title,
        line: index + 1,
      })),
    ),
  };
}

/** @param lines Of Markdown; where other text stands, empty ones. */
export function fencesIn(file: string, lines: readonly string[]): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { line: number; language: string } | undefined;
  lines.forEach((content, index) => {
    const fence = /^```(\w*)$/.exec(content);
    if (fence && open) {
      const code = lines.slice(open.line - 1, index).join('\n');
      snippets.push({ file, ...open, code, heading: '' });
      open = undefined;
    } else if (fence) {
      open = { line: index + 2, language: fence[1] ?? '' };
    }
  });
  if (open) throw new Error(`${file}:${open.line - 1} opens a block that nothing closes`);
  return snippets;
}

function tablesIn(lines: readonly string[]): { line: number; rows: string[][] }[] {
  const tables: { line: number; rows: string[][] }[] = [];
  lines.forEach((content, index) => {
    if (!content.startsWith('|')) return;
    if (!lines[index - 1]?.startsWith('|')) tables.push({ line: index + 1, rows: [] });
    if (!/^\|[ |:-]+\|$/.test(content)) tables.at(-1)?.rows.push(cellsOf(content));
  });
  return tables;
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
