import { describe, expect, it, vi } from 'vitest';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { quiet, until } from '../fixtures/clock.ts';
import type { Driver } from './driver.ts';
import type { HandOver } from './hand-overs.ts';
import { dispose, type Wire, type Wired } from './wired.ts';

/** A command that no transport sends twice of its own accord. */
export const COMMAND = { type: 'rateInsight', rating: 5 };

/** B1, B6, B9: every request comes to one end, and the other side learns of it. */
export function endsEachRequestOnce({ cannot = {} }: Driver, { cannot: never }: HandOver, wire: Wire): void {
  const farSideHears = !cannot['hear of the end'];

  describe('B1 one outcome', () => {
    const ids = [['text', 'r1'] as const, ['number', 42] as const];
    it.each(never['number its requests'] ? ids.slice(0, 1) : ids)(
      'B1 an answer goes to the widget once, with its id as a %s',
      async (_type, id) => {
        const { ask, arrival, arrivals, replies, milestones } = await wire();
        ask(COMMAND, id);
        (await arrival()).answer({ ok: true, status: '200' });

        expect(await replies(1)).toEqual([[{ ok: true, status: '200' }, id]]);
        expect(milestones()).toEqual(['request', 'reply']);
        expect(arrivals).toHaveLength(1);
        expect(arrivals[0]?.gone).toBe(false);
      },
    );

    const servers = ['pserver', 'enrich', 'ob'] as const;
    it.each(never['ask ob'] ? servers.slice(0, 2) : servers)('B3 a request to %s says so', async (server) => {
      const { ask, arrival, replies } = await wire();
      ask(COMMAND, 'r1', server);
      const arrived = await arrival();
      arrived.answer({ from: server });

      expect(arrived.server).toBe(server);
      expect(await replies(1)).toEqual([[{ from: server }, 'r1']]);
    });

    if (!cannot['answer twice']) {
      it('B1 a second answer goes nowhere', async () => {
        const { ask, arrival, replies, events } = await wire();
        ask(COMMAND, 'r1');
        const arrived = await arrival();
        arrived.answer({ answer: 1 });
        await replies(1);
        arrived.answer({ answer: 2 });

        expect(await replies(1)).toEqual([[{ answer: 1 }, 'r1']]);
        expect(events.codes).toEqual([]);
      });

      it('B1 nor does one that comes while another request of the same id is pending', async () => {
        const { ask, arrival, replies } = await wire();
        ask(COMMAND, 'r1');
        const first = await arrival();
        first.answer({ answer: 1 });
        await replies(1);
        ask(COMMAND, 'r1');
        const second = await arrival(2);
        first.answer({ answer: 'again' });
        await quiet();
        second.answer({ answer: 2 });

        expect(await replies(2)).toEqual([
          [{ answer: 1 }, 'r1'],
          [{ answer: 2 }, 'r1'],
        ]);
      });
    }

    it('B6 no answer is a failure when the time is over', async () => {
      const { ask, arrival, replies, events, bridge } = await wire({ timeout: 5_000 });
      ask(COMMAND, 'r1');
      await arrival();
      vi.advanceTimersByTime(4_999);
      expect(await replies(0)).toEqual([]);
      vi.advanceTimersByTime(1);

      expect(await replies(1)).toEqual([[FAILURE, 'r1']]);
      expect(events.errors).toMatchObject([{ code: 'TIMEOUT', details: { timeout: 5_000, elapsed: 5_000 } }]);
      expect(bridge.getSnapshot().pending).toEqual([]);
    });

    it('B1 an answer that comes late goes nowhere', async () => {
      const { ask, arrival, replies, milestones } = await wire({ timeout: 5_000 });
      ask(COMMAND, 'r1');
      const arrived = await arrival();
      vi.advanceTimersByTime(5_000);
      await replies(1);
      arrived.answer({ late: true });

      expect(await replies(1)).toEqual([[FAILURE, 'r1']]);
      // Some channels let the page know of it.
      expect(milestones().filter((type) => type !== 'orphan')).toEqual(['request', 'failure']);
    });

    it('B1 an answer in the last moment counts', async () => {
      const { ask, arrival, replies } = await wire({ timeout: 5_000 });
      ask(COMMAND, 'r1');
      const arrived = await arrival();
      vi.advanceTimersByTime(4_999);
      arrived.answer({ ok: true });

      expect(await replies(1)).toEqual([[{ ok: true }, 'r1']]);
    });
  });

  describe('B9 what ends on this side', () => {
    it.each<[string, string, (wired: Wired) => void]>([
      ['its timeout', 'TIMEOUT', () => vi.advanceTimersByTime(30_000)],
      ['a detach', 'ABORTED', ({ bridge }) => bridge.attach({}, {})],
      ['a dispose of the bridge', 'DISPOSED', ({ bridge }) => bridge.dispose()],
      [
        'a reply by the page itself',
        '',
        ({ bridge }) => bridge.handlePServerResponse({ pushed: true }, 'r1'),
      ],
    ])('B9 is over on both sides after %s', async (_way, code, leave) => {
      const wired = await wire();
      wired.ask(COMMAND, 'r1');
      const arrived = await wired.arrival();
      leave(wired);
      if (farSideHears) await until(() => arrived.gone);

      expect(await wired.replies(1)).toHaveLength(1);
      expect(wired.events.codes).toEqual(code ? [code] : []);
      expect(wired.bridge.getSnapshot().pending).toEqual([]);
    });

    it('B9 is over on both sides after an abort by the page, whose reason is kept', async () => {
      const { bridge, arrival, events } = await wire();
      const leaver = new AbortController();
      const sending = bridge.send('pserver', COMMAND, { signal: leaver.signal });
      const rejected = expect(sending).rejects.toMatchObject({ code: 'ABORTED', cause: 'gone' });
      const arrived = await arrival();
      leaver.abort('gone');
      await rejected;
      if (farSideHears) await until(() => arrived.gone);

      await quiet();
      expect(events.codes).toEqual(['ABORTED']);
    });

    it('B9 does not disturb the others', async () => {
      const { bridge, arrival, ask, replies } = await wire();
      const leaver = new AbortController();
      const sending = bridge.send('pserver', COMMAND, { signal: leaver.signal });
      const rejected = expect(sending).rejects.toMatchObject({ code: 'ABORTED' });
      await arrival();
      ask(COMMAND, 'r1');
      const other = await arrival(2);
      leaver.abort();
      await rejected;
      await quiet();
      other.answer({ ok: true });

      expect(await replies(1)).toEqual([[{ ok: true }, 'r1']]);
      expect(other.gone).toBe(false);
    });
  });

  if (cannot['be disposed']) return;

  describe('B9 a transport that holds something open', () => {
    it('B9 fails requests in flight when it is disposed, and later ones', async () => {
      const { transport, ask, arrival, arrivals, replies, events } = await wire();
      ask(COMMAND, 'r1');
      const arrived = await arrival();
      dispose(transport);
      dispose(transport);
      ask(COMMAND, 'r2');
      if (farSideHears) await until(() => arrived.gone);
      arrived.answer({ late: true });

      expect(await replies(2)).toEqual([
        [FAILURE, 'r1'],
        [FAILURE, 'r2'],
      ]);
      expect(events.codes).toEqual(['DISPOSED', 'DISPOSED']);
      expect(arrivals).toHaveLength(1);
    });
  });
}
