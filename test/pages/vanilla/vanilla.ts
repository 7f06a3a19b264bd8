import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine, LaunchOptions } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';
import { testKeyboard } from './keyboard.ts';
import { testLooks } from './looks.ts';
import { testMisbehaviour } from './misbehaviour.ts';
import { testPage } from './page.ts';
import { testQueue } from './queue.ts';
import { testShapes } from './shapes.ts';

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

export function testVanilla(name: Engine['name']): void {
  describe(`the vanilla example in ${name}`, () => {
    inEngine(name, {}, (getEngine) => {
      testShapes(getEngine);
      testMisbehaviour(getEngine);
      testPage(getEngine);
      testQueue(getEngine);
      testKeyboard(getEngine);
      testLooks(getEngine);
    });
  });

  describe(`the vanilla example in ${name}, in the dark`, () => {
    inEngine(name, { colourScheme: 'dark' }, testLooks);
  });
}
