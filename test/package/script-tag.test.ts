import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import * as entry from '../../src/index.ts';

const path = 'dist/bankside.iife.min.js';
const bundle = readFileSync(path, 'utf8');

describe('the script-tag bundle', () => {
  it('puts all that the package exports on one global, and touches nothing else', () => {
    const page = Object.defineProperties({}, Object.getOwnPropertyDescriptors(globalThis));
    const before = Object.getOwnPropertyNames(page);
    runInNewContext(bundle, page);
    expect(Object.getOwnPropertyNames(page).filter((name) => !before.includes(name))).toEqual(['Bankside']);
    const { Bankside } = page as { Bankside: object };
    expect(Object.keys(Bankside).sort()).toEqual(Object.keys(entry).sort());
  });

  it('names what it holds of others, with their licences beside it', () => {
    expect(bundle).toMatch(/^\/\*! bankside \S+ \(MIT\), mitt \S+ \(MIT\);/);
    const licences = readFileSync(`${path}.LICENSE.txt`, 'utf8');
    expect(licences).toContain('Jason Miller');
  });

  it('has its digest beside it, for the attribute integrity', () => {
    const digest = createHash('sha384').update(readFileSync(path)).digest('base64');
    expect(readFileSync(`${path}.integrity.txt`, 'utf8')).toBe(`sha384-${digest}\n`);
  });

  it('can be read in a debugger', () => {
    expect(bundle.trimEnd()).toMatch(/\/\/# sourceMappingURL=bankside\.iife\.min\.js\.map$/);
    const { sources, sourcesContent } = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as {
      sources: string[];
      sourcesContent: (string | null)[];
    };
    expect(sourcesContent).toHaveLength(sources.length);
    expect(sourcesContent).not.toContain(null);
  });
});
