import { afterAll, beforeAll, describe } from 'vitest';
import { engineNames } from '../../engines/engine.ts';
import { testKeyboard } from '../../pages/vanilla/keyboard.ts';
import { testLooks } from '../../pages/vanilla/looks.ts';
import { testMisbehaviour } from '../../pages/vanilla/misbehaviour.ts';
import { testPage } from '../../pages/vanilla/page.ts';
import { testQueue } from '../../pages/vanilla/queue.ts';
import { testQueueTrouble } from '../../pages/vanilla/queue-trouble.ts';
import { testSynchronisation } from '../../pages/vanilla/synchronisation.ts';
import { inEngine } from '../../pages/vanilla/vanilla.ts';
import { testBelowAPath } from './below-a-path.ts';
import { type BuiltExample, buildExample } from './build-example.ts';
import { testSamePage } from './same-page.ts';

/** Installing is a download, where nothing is cached. */
const patience = 300_000;

/** The same walks as through the vanilla page: it is to be the same page. */
export function testExample(name: string, output: string): void {
  let example: BuiltExample;

  beforeAll(async () => {
    example = await buildExample(name, output);
  }, patience);

  afterAll(() => example.remove());

  const getPageFolder = (): string => example.pageFolder;

  describe.each(engineNames)(`the ${name} example in %s`, (engine) => {
    inEngine(
      engine,
      {},
      (getSetting) => {
        testSamePage(getSetting);
        testBelowAPath(name, getSetting);
        testPage(getSetting);
        testQueue(getSetting, testSynchronisation);
        testKeyboard(getSetting);
        testLooks(getSetting);
      },
      getPageFolder,
    );
  });

  describe(`the ${name} example in the dark`, () => {
    inEngine('chromium', { colourScheme: 'dark' }, testLooks, getPageFolder);
  });

  describe(`the ${name} example in trouble`, () => {
    inEngine(
      'chromium',
      {},
      (getSetting) => {
        testMisbehaviour(getSetting);
        testQueue(getSetting, testQueueTrouble);
      },
      getPageFolder,
    );
  });
}
