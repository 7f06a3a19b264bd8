import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { installedEngines } from '../../engines/installed-engines.ts';
import { launch } from '../../engines/launch.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import type { Setting } from '../../pages/vanilla/example.ts';
import { useExample } from '../../pages/vanilla/use-example.ts';
import { patienceForBuilds } from './build-example.ts';
import { testExample } from './test-example.ts';
import { testWalk } from './walk.ts';

const getBuilt = testExample('react', 'dist', { buildMinimal: ['run', 'build'] });

// As `npm run dev` shows it: under StrictMode, which does nothing in production.
describe('the react example while it is developed', () => {
  let pageFolder: string;

  beforeAll(async () => {
    pageFolder = await getBuilt().build('development');
  }, patienceForBuilds);

  it('has the React that checks', () => {
    const assets = join(pageFolder, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const code = scripts.map((name) => readFileSync(join(assets, name), 'utf8')).join();
    expect(code).toContain('Invalid hook call');
  });

  describe.runIf(installedEngines.includes('chromium'))('in chromium', () => {
    const getEngine = useForSuite(() => launch('chromium'));
    testWalk(useExample((): Setting => ({ engine: getEngine(), pageFolder })));
  });
});
