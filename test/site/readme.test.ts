import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { policy } from './fixtures/serve-site.ts';

it('the policy that the site is tested with is the one that its README shows', () => {
  expect(readFileSync('site/README.md', 'utf8')).toContain(`Content-Security-Policy: ${policy}\n`);
});
