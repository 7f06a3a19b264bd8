import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testQueue } from '../../pages/vanilla/queue.ts';
import { testSynchronisation } from '../../pages/vanilla/synchronisation.ts';
import { inEngine } from '../../pages/vanilla/vanilla.ts';
import { type BuiltExample, buildExample } from './build-example.ts';
import { testSamePage } from './same-page.ts';

// As `npm run dev` shows it: under StrictMode, which does nothing in production.
describe('the react example while it is developed', () => {
  let example: BuiltExample;

  beforeAll(async () => {
    example = await buildExample('react', 'dist', 'development');
  }, 300_000);

  afterAll(() => example.remove());

  it('has the React that checks', () => {
    const assets = join(example.pageFolder, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const code = scripts.map((name) => readFileSync(join(assets, name), 'utf8')).join();
    expect(code).toContain('Invalid hook call');
  });

  inEngine(
    'chromium',
    {},
    (getSetting) => {
      testSamePage(getSetting);
      testQueue(getSetting, testSynchronisation);
    },
    () => example.pageFolder,
  );
});
