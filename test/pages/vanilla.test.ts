import { afterAll, beforeAll, describe } from 'vitest';
import { type Engine, engineNames, type LaunchOptions } from '../engines/engine.ts';
import { launch } from '../engines/launch.ts';
import { testKeyboard } from './vanilla/keyboard.ts';
import { testLooks } from './vanilla/looks.ts';
import { testMisbehaviour } from './vanilla/misbehaviour.ts';
import { testPage } from './vanilla/page.ts';
import { testQueue } from './vanilla/queue.ts';
import { testShapes } from './vanilla/shapes.ts';

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

describe.each(engineNames)('the vanilla example in %s', (name) => {
  inEngine(name, {}, (getEngine) => {
    testShapes(getEngine);
    testMisbehaviour(getEngine);
    testPage(getEngine);
    testQueue(getEngine);
    testKeyboard(getEngine);
    testLooks(getEngine);
  });
});

describe.each(engineNames)('the vanilla example in %s, in the dark', (name) => {
  inEngine(name, { colourScheme: 'dark' }, testLooks);
});
