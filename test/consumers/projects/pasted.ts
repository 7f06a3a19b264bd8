import { snippetsIn } from '../../docs/fixtures/pages.ts';

/** A snippet of the docs as a file of a project. */
export interface Pasted {
  /** The name of the file, after the page and the heading: `react/server-rendering.tsx`. */
  readonly name: string;
  readonly code: string;
}

/** The snippets of a page in one language, unchanged. Of several under one heading, the second ends in `-2`. */
export function pasted(page: string, language: 'ts' | 'tsx'): readonly Pasted[] {
  const folder = fileName(page.replace(/^docs\/|\.md$/g, ''));
  const seen = new Map<string, number>();
  return snippetsIn(language)
    .filter(({ file }) => file === page)
    .map(({ heading, code }) => {
      const file = fileName(heading);
      const count = (seen.get(file) ?? 0) + 1;
      seen.set(file, count);
      return { name: `${folder}/${file}${count > 1 ? `-${count}` : ''}.${language}`, code: `${code}\n` };
    });
}

function fileName(words: string): string {
  return words.toLowerCase().replaceAll(/[^\w]+/g, '-');
}
