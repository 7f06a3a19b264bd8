import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine, LaunchOptions } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';
import type { Setting } from './example.ts';
import { testFilesOfPackages } from './files-of-packages.ts';
import { testKeyboard } from './keyboard.ts';
import { testLooks } from './looks.ts';
import { testMisbehaviour } from './misbehaviour.ts';
import { testPage } from './page.ts';
import { testPanel } from './panel.ts';
import { testQueue } from './queue.ts';
import { testQueueTrouble } from './queue-trouble.ts';
import { testShapes } from './shapes.ts';
import { testSynchronisation } from './synchronisation.ts';

/** Each engine is started once for all that it is to show: starting takes longer than most of the tests. */
export function inEngine(
  name: Engine['name'],
  options: LaunchOptions,
  test: (getSetting: () => Setting) => void,
  getPageFolder: () => string | undefined = () => undefined,
): void {
  let engine: Engine;

  beforeAll(async () => {
    engine = await launch(name, options);
  });

  afterAll(() => engine.close());

  test(() => ({ engine, pageFolder: getPageFolder() }));
}

/** What a person does on the page, how it looks, and what it makes of what goes wrong behind it. */
export function testVanilla(name: Engine['name']): void {
  describe(`the vanilla example in ${name}`, () => {
    inEngine(name, {}, (getSetting) => {
      testFilesOfPackages(getSetting);
      testShapes(getSetting);
      testPage(getSetting);
      testPanel(getSetting);
      testQueue(getSetting, testSynchronisation);
      testKeyboard(getSetting);
      testLooks(getSetting);
    });
  });

  describe(`the vanilla example in ${name}, in the dark`, () => {
    inEngine(name, { colourScheme: 'dark' }, testLooks);
  });

  describe(`the vanilla example in ${name}, in trouble`, () => {
    inEngine(name, {}, (getSetting) => {
      testMisbehaviour(getSetting);
      testQueue(getSetting, testQueueTrouble);
    });
  });
}
