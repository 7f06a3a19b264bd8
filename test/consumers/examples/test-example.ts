import { afterAll, beforeAll, describe } from 'vitest';
import { installedEngines } from '../../engines/installed-engines.ts';
import { launch } from '../../engines/launch.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { openMinimalPage, testMinimalPage } from '../../pages/minimal/minimal-page.ts';
import type { Setting } from '../../pages/vanilla/example.ts';
import { testKeyboard } from '../../pages/vanilla/keyboard.ts';
import { testLooks } from '../../pages/vanilla/looks.ts';
import { testOutage } from '../../pages/vanilla/outage.ts';
import { testPage } from '../../pages/vanilla/page.ts';
import { testSynchronisation } from '../../pages/vanilla/synchronisation.ts';
import { useExample } from '../../pages/vanilla/use-example.ts';
import { testBelowAPath } from './below-a-path.ts';
import { type BuiltExample, buildExample, patienceForBuilds } from './build-example.ts';
import { testSamePage } from './same-page.ts';
import { testWalk } from './walk.ts';

/**
 * One walk in each engine, and in one of them all that a person does on the vanilla page: it is to be the same page.
 *
 * @returns The built example, for the tests that it has besides.
 */
export function testExample(
  name: string,
  output: string,
  { buildMinimal }: { buildMinimal: readonly string[] },
): () => BuiltExample {
  let built: BuiltExample | undefined;

  beforeAll(async () => {
    built = await buildExample(name, output);
  }, patienceForBuilds);

  afterAll(() => built?.remove());

  const getBuilt = (): BuiltExample => {
    if (!built) throw new Error('The example is there for tests and hooks alone');
    return built;
  };

  describe.each(installedEngines)(`the ${name} example in %s`, (engine) => {
    const getEngine = useForSuite(() => launch(engine));
    const getSetting = (): Setting => ({ engine: getEngine(), pageFolder: getBuilt().pageFolder });

    testWalk(useExample(getSetting));
  });

  describe.runIf(installedEngines.includes('chromium'))(`the ${name} example`, () => {
    const getEngine = useForSuite(() => launch('chromium'));
    const getSetting = (): Setting => ({ engine: getEngine(), pageFolder: getBuilt().pageFolder });

    testSamePage(getSetting);
    testBelowAPath(name, getSetting);

    describe('with a queue', () => {
      testSynchronisation(useExample(getSetting));
    });

    describe('out of reach', () => testOutage(useExample(getSetting)));

    describe('and its minimal one', () => {
      let folder: string;

      beforeAll(async () => {
        folder = await getBuilt().buildMinimal(buildMinimal);
      }, patienceForBuilds);

      testMinimalPage(() => openMinimalPage(getEngine(), folder));
    });

    describe('looked at and used by anybody', () => {
      const getExample = useExample(getSetting);
      testKeyboard(getExample);
      testPage(getExample);
      testLooks(getExample);
    });
  });

  return getBuilt;
}
