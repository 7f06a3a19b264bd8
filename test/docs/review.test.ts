import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { packageCosts } from '../../release/package-costs.js';
import { pageOf } from './fixtures/pages.ts';

// That the tests which it names are there is in proofs.test.ts.

function rowsUnder(heading: string): readonly (readonly string[])[] {
  return pageOf('docs/review.md').tables.find((table) => table.heading === heading)?.rows ?? [];
}

/** The paragraphs, items and rows of a section, each as its lines. */
function promisesUnder(heading: string): readonly string[] {
  const [, rest = ''] = pageOf('docs/review.md').text.split(`\n## ${heading}\n`);
  const [section = ''] = rest.split('\n## ');
  return section
    .split(/\n(?=\n|[-|] ?)/)
    .map((promise) => promise.trim())
    .filter((promise) => promise && !/^\|[ -|]*\|$|^\| (what|where|threat) \|/.test(promise));
}

describe('the page for a security review', () => {
  it.each([
    'What is sent where',
    'What is kept',
    'What it never does',
    'Threats, and the tests that prove the answers',
  ])('names a test for each promise: %s', (heading) => {
    const promises = promisesUnder(heading);
    expect(promises.length).toBeGreaterThan(3);
    for (const promise of promises) expect(promise).toMatch(/\]\(\.\.\/test\/\S+ "[^"]+"\)/);
  });

  it('says what no library can prevent', () => {
    const limits = promisesUnder('The limits that stay').join('\n');
    for (const told of ['Scripts of the page', 'hostile page in a WebView', 'ends with the tab'])
      expect(limits).toContain(told);
  });

  it('states what package.json does', () => {
    const rows = rowsUnder('Supported engines and frameworks');
    const from = (what: string) => rows.find(([first = '']) => first.startsWith(what))?.[1];
    const { peerDependencies: peers, engines } = manifest;
    expect([from('React'), from('Angular'), from('Node')]).toEqual(
      [peers.react, peers['@angular/core'], engines.node].map((range) => range.replace('>=', '')),
    );
    expect(peers.msw).toBe(`^${from('msw')}.0`);
  });

  it('names the packages that are installed, with version and licence as they are locked, and what each adds', async () => {
    const [, ...rows] = rowsUnder('What it brings along');
    const stated = rows.map(([link = '', version, license, adds = '']) => ({
      name: /^\[(.*)\]\(https:\/\/www\.npmjs\.com\/package\/\1\)$/.exec(link)?.[1],
      version,
      license,
      gzipped: Number(adds.replace(',', '').replace(' bytes', '')),
    }));
    const measured = await packageCosts();
    expect(stated.map(({ gzipped: _, ...rest }) => rest)).toEqual(
      measured.map(({ gzipped: _, ...rest }) => rest),
    );
    measured.forEach(({ name, gzipped }, index) => {
      // The same bundle comes out some bytes larger or smaller with another release of Node.
      const difference = Math.abs((stated[index]?.gzipped ?? 0) - gzipped);
      expect(difference, `${name} adds ${gzipped} bytes: node release/package-costs.js`).toBeLessThan(20);
    });
  });

  it('says rightly that none of them needs more, or runs a script when it is installed', () => {
    const packages: Readonly<Record<string, object>> = lock.packages;
    for (const name of Object.keys(manifest.dependencies)) {
      const locked = packages[`node_modules/${name}`];
      expect(locked).toBeDefined();
      for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies', 'hasInstallScript'])
        expect(locked, name).not.toHaveProperty(field);
    }
  });
});
