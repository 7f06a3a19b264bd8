import { describe, expect, it } from 'vitest';
import { quiet, until } from '../fixtures/clock.ts';
import { COMMAND } from './endings.ts';
import type { Wire } from './wired.ts';

/** B10: widgets that share a transport do not disturb each other. */
export function keepsWidgetsApart(wire: Wire): void {
  describe('B10 several at once', () => {
    it('B10 two widgets with the same ids get each its own answers', async () => {
      const one = await wire();
      const other = one.another();
      one.ask({ ...COMMAND, of: 'one' }, 'r1');
      other.ask({ ...COMMAND, of: 'other' }, 'r1');
      const first = await one.arrival(1);
      const second = await one.arrival(2);
      second.answer({ answers: second.body });
      first.answer({ answers: first.body });

      const [[reply] = [], ...more] = await one.replies(1);
      const [[otherReply] = [], ...otherMore] = await other.replies(1);
      expect([JSON.stringify(reply), JSON.stringify(otherReply)]).toEqual([
        expect.stringMatching(/one/),
        expect.stringMatching(/other/),
      ]);
      expect([more, otherMore]).toEqual([[], []]);
    });

    it('B10 the end of one bridge is not that of the other', async () => {
      const one = await wire();
      const other = one.another();
      one.ask(COMMAND, 'r1');
      const first = await one.arrival(1);
      other.ask(COMMAND, 'r1');
      const second = await one.arrival(2);
      one.bridge.dispose();
      await one.replies(1);
      first.answer({ late: true });
      await quiet();
      second.answer({ ok: true });

      expect(await other.replies(1)).toEqual([[{ ok: true }, 'r1']]);
      expect(one.events.codes).toEqual(['DISPOSED']);
      expect(other.events.codes).toEqual([]);
    });

    it('B1 a hundred that are answered in the opposite order', async () => {
      const { ask, arrivals, replies } = await wire();
      const numbers = Array.from({ length: 100 }, (_, number) => number);
      for (const number of numbers) ask({ ...COMMAND, number }, `r${number}`);
      await until(() => arrivals.length === 100);
      for (const arrived of [...arrivals].reverse()) arrived.answer({ to: arrived.body });

      const received = await replies(100);
      const pairs = received.map(([reply, id]) => {
        const { to } = reply as { to: unknown };
        const { number } = (typeof to === 'string' ? JSON.parse(to) : to) as { number: number };
        return `r${number}` === id;
      });
      expect(pairs).toEqual(numbers.map(() => true));
    });
  });
}
