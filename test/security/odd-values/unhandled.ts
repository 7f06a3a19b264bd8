import { afterEach, beforeEach, expect } from 'vitest';
import { turn } from '../../bridge/fixtures/turn.ts';

/** Each test of a file fails if a promise is rejected that nobody handles. */
export function expectAllHandled(): void {
  let unhandled = 0;
  const count = (): void => {
    unhandled += 1;
  };
  beforeEach(() => {
    unhandled = 0;
    process.on('unhandledRejection', count);
  });
  afterEach(async () => {
    await turn();
    await turn();
    process.off('unhandledRejection', count);
    expect(unhandled, 'unhandled rejections').toBe(0);
  });
}
