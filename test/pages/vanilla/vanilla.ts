import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine, LaunchOptions } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';
import { testKeyboard } from './keyboard.ts';
import { testLooks } from './looks.ts';
import { testMisbehaviour } from './misbehaviour.ts';
import { testPage } from './page.ts';
import { testQueue } from './queue.ts';
import { testQueueTrouble } from './queue-trouble.ts';
import { testShapes } from './shapes.ts';
import { testSynchronisation } from './synchronisation.ts';

/** Each engine is started once for all that it is to show: starting takes longer than most of the tests. */
function inEngine(
  name: Engine['name'],
  options: LaunchOptions,
  test: (getEngine: () => Engine) => void,
): void {
  let engine: Engine;

  beforeAll(async () => {
    engine = await launch(name, options);
  });

  afterAll(() => engine.close());

  test(() => engine);
}

/** What a person does on the page, and how it looks. */
export function testVanilla(name: Engine['name']): void {
  describe(`the vanilla example in ${name}`, () => {
    inEngine(name, {}, (getEngine) => {
      testShapes(getEngine);
      testPage(getEngine);
      testQueue(getEngine, testSynchronisation);
      testKeyboard(getEngine);
      testLooks(getEngine);
    });
  });

  describe(`the vanilla example in ${name}, in the dark`, () => {
    inEngine(name, { colourScheme: 'dark' }, testLooks);
  });
}

/** What goes wrong behind the page, and what the page makes of it: in Chromium always, elsewhere where there is time for it. */
export function testVanillaInTrouble(name: Engine['name']): void {
  describe(`the vanilla example in ${name}, in trouble`, () => {
    inEngine(name, {}, (getEngine) => {
      testMisbehaviour(getEngine);
      testQueue(getEngine, testQueueTrouble);
    });
  });
}
