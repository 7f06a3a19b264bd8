import { resolve } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';
import { readMarkdown } from './fixtures/markdown.ts';

const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(/[^\w]+/g, '-');

/** What the snippets of the docs import, as it is in the sources. */
export const sources: readonly { find: RegExp; replacement: string }[] = [
  { find: /^bankside\/personetics$/, replacement: resolve('src/personetics.ts') },
  { find: /^bankside\/react$/, replacement: resolve('src/react.ts') },
  { find: /^bankside$/, replacement: resolve('src/index.ts') },
];

/** Makes a component of the docs a module: `docs/react.md?under=` and the heading that it stands under first. */
export function importSnippets(): Plugin {
  return {
    name: 'import-snippets',
    enforce: 'pre',
    async load(id) {
      const [, file, anchor] = /^(.*\.md)\?under=([\w-]+)$/.exec(id) ?? [];
      if (file === undefined) return undefined;
      const snippet = readMarkdown(file).snippets.find(
        ({ heading, language }) => language === 'tsx' && anchorOf(heading) === anchor,
      );
      if (!snippet) throw new Error(`${file} has no component under “${anchor}”`);
      return transformWithOxc(snippet.code, `${file}.tsx`, {
        jsx: { runtime: 'automatic', development: true },
      });
    },
  };
}
