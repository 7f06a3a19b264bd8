import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { packageCosts } from '../../release/package-costs.js';
import { pageOf } from './pages.ts';

// That the tests which it names are there is in proofs.test.ts.

function rowsUnder(heading: string): readonly (readonly string[])[] {
  return pageOf('docs/review.md').tables.find((table) => table.heading === heading)?.rows ?? [];
}

describe('the page for a security review', () => {
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
