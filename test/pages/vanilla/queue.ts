import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { WatchedBank } from './watched-bank.ts';

/** On one page for all: what has happened before must not matter. */
export function testQueue(
  getEngine: () => Engine,
  test: (getBank: () => WatchedBank, getEngine: () => Engine) => void,
): void {
  describe('the queue', () => {
    let bank: WatchedBank;

    beforeAll(async () => {
      bank = await WatchedBank.open(getEngine());
    });

    afterAll(() => bank.example.close());

    test(() => bank, getEngine);
  });
}
