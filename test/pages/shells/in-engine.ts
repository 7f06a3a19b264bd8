import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine, EngineName, LaunchOptions } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';

/** Starts an engine once for all that it is to show. */
export function inEngine(
  name: EngineName,
  test: (getEngine: () => Engine) => void,
  options: LaunchOptions = {},
): void {
  describe(`the vanilla example in an app, in ${name}`, () => {
    let engine: Engine;

    beforeAll(async () => {
      engine = await launch(name, options);
    });

    afterAll(() => engine.close());

    test(() => engine);
  });
}
