import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { pageOf } from './pages.ts';

// That the tests which it names are there is in proofs.test.ts.

it('the page for a security review states what package.json does', () => {
  const rows =
    pageOf('docs/review.md').tables.find(({ heading }) => heading === 'Supported engines and frameworks')
      ?.rows ?? [];
  const from = (what: string) => rows.find(([first = '']) => first.startsWith(what))?.[1];
  const { peerDependencies: peers, engines } = manifest;
  expect([from('React'), from('Angular'), from('Node')]).toEqual(
    [peers.react, peers['@angular/core'], engines.node].map((range) => range.replace('>=', '')),
  );
  expect(peers.msw).toBe(`^${from('msw')}.0`);
});
