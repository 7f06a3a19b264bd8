import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { anchorsOf, readMarkdown } from './fixtures/markdown.ts';
import { pages } from './fixtures/pages.ts';

const links = pages.flatMap(({ file, links: found }) =>
  found.map(({ target, line }) => ({ place: `${file}:${line}`, file, target })),
);
const own = links.filter(({ target }) => !target.startsWith('https://'));

function anchorsIn(file: string): readonly string[] {
  return anchorsOf(pages.find((page) => page.file === file) ?? readMarkdown(file));
}

describe('a link', () => {
  it.each(own)('at $place leads to $target', ({ file, target }) => {
    const [path = '', anchor] = target.split('#');
    const leadsTo = path ? join(dirname(file), path) : file;
    expect(existsSync(leadsTo)).toBe(true);
    if (anchor) expect(anchorsIn(leadsTo)).toContain(anchor);
  });

  it('leads to every page of the documents', () => {
    const reached = own.map(({ file, target }) => join(dirname(file), target.split('#')[0] ?? ''));
    for (const { file } of pages.slice(1)) expect(reached).toContain(file);
  });
});

describe('a page', () => {
  it.each(pages.map(({ file }) => file))('%s can be linked to by all of its headings', (file) => {
    const anchors = anchorsIn(file);
    expect(new Set(anchors).size).toBe(anchors.length);
  });
});

describe('an image', () => {
  const images = own.filter(({ target }) => target.endsWith('.png'));

  it('shows the example, and the inspector', () => {
    expect(images.map(({ target }) => target)).toEqual([
      'docs/images/example-page.png',
      'images/inspector.png',
    ]);
  });

  it.each(images)('$target is a picture of less than 200 kB', ({ file, target }) => {
    const path = join(dirname(file), target);
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
    expect(statSync(path).size).toBeLessThan(200_000);
  });
});
