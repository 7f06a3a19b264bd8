import { describe } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import type { Setting } from './example.ts';
import { testFilesOfPackages } from './files-of-packages.ts';
import { testKeyboard } from './keyboard.ts';
import { testLooks } from './looks.ts';
import { testPage } from './page.ts';
import { testPanel } from './panel.ts';
import { testRealEndpoints } from './real-endpoints.ts';
import { testShapes } from './shapes.ts';
import { testSynchronisation } from './synchronisation.ts';
import { useExample } from './use-example.ts';

// What a person does on the page, and how it looks.
describe(`the vanilla example in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getSetting = (): Setting => ({ engine: getEngine() });

  describe('with a mouse', () => {
    const getExample = useExample(getSetting);
    testPage(getExample);
    testFilesOfPackages(getExample);
    testPanel(getExample);
    testShapes(getExample);
  });

  describe('with a queue', () => {
    testSynchronisation(useExample(getSetting));
  });

  // How a page gets across origins in each engine is shown in `gateway/` and `queue/`.
  describe.runIf(engineUnderTest === 'chromium')('with servers of a bank', () => {
    testRealEndpoints(getSetting);
  });

  describe('looked at and used by anybody', () => {
    const getExample = useExample(getSetting);
    testKeyboard(getExample);
    testLooks(getExample);
  });
});
