import { afterAll, beforeAll, describe } from 'vitest';
import type { Setting } from './example.ts';
import { WatchedBank } from './watched-bank.ts';

/** On one page for all: what has happened before must not matter. */
export function testQueue(
  getSetting: () => Setting,
  test: (getBank: () => WatchedBank, getSetting: () => Setting) => void,
): void {
  describe('the queue', () => {
    let bank: WatchedBank;

    beforeAll(async () => {
      bank = await WatchedBank.open(getSetting());
    });

    afterAll(() => bank.example.close());

    test(() => bank, getSetting);
  });
}
