import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, Tab, untilAgreed } from './tab.ts';

const TURNS = 6;

/**
 * As quick in a hidden tab as in a visible one. A connection that has changed is read again when nothing has happened for half of
 * `closeFor`: that is never while a test runs.
 */
const STEADY = { close: 500, hidden: 500, closeFor: 600_000 };

/** Two tabs of one user that are looked at by turns, as in one window. */
export function testTurns(getEngine: () => Engine, getServer: () => QueueServer): void {
  const open = (user: string, tab: string): Promise<Tab> =>
    Tab.open(getEngine(), getServer(), { user, tab, schedule: STEADY });

  describe('turns', () => {
    it('Q9 two tabs that are looked at by turns: the visible one polls, without a gap', async () => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const user = newUser();
      const { id } = linxo.addConnection();
      const a = await open(user, 'a');
      const b = await open(user, 'b');
      await a.page.evaluate((connectionId) => poller.track(connectionId), id);
      await untilAgreed(a, b);
      linxo.synchronise(id, SYNC);
      for (const tab of [a, b]) await untilSettled(tab, id);
      const readings = () => server.visits.filter(({ path }) => path === `connections/${id}`).length;
      const before = readings();

      for (let turn = 0; turn < TURNS; turn += 1) {
        const [front, back] = turn % 2 ? [a, b] : [b, a];
        await hide(back);
        await show(front);
        await front.until(({ status }) => status === 'polling');
        await back.until(({ status }) => status === 'following');
      }
      linxo.publish(id, { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' });

      const types = [...SYNC.map(({ event }) => event), 'LIST_ACCOUNTS'];
      for (const tab of [a, b]) {
        const { pollerEvents, ...recorded } = await tab.until(
          ({ types }) => types.at(-1) === 'LIST_ACCOUNTS',
        );
        expect(recorded).toMatchObject({ types });
        expect(pollerEvents.filter((event) => event.startsWith('gap'))).toEqual([]);
      }
      expect(readings()).toBe(before);
    });
  });
}

/**
 * Waits until the tab has seen the whole synchronisation, and no reading is due. An event that is dated to the second of a
 * reading causes another one, and a reading may show the end before its event comes.
 */
async function untilSettled(tab: Tab, id: string): Promise<void> {
  await tab.untilSynced(id);
  await tab.page.waitFor<[string, number], boolean>(
    `(id, events) => recorded().events.length === events && !poller.connections.get(id).isDoubtful`,
    id,
    SYNC.length,
  );
}

/** A hidden tab: its timers run once a minute, as in Chromium after some minutes. */
async function hide({ page }: Tab): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    const { setTimeout, clearTimeout } = globalThis;
    const waiting = new Map<number, { readonly call: () => void; readonly due: number }>();
    let last = 0;
    Object.assign(globalThis, {
      setTimeout(call: () => void, ms = 0) {
        last -= 1; // no id of the browser's
        waiting.set(last, { call, due: performance.now() + ms });
        return last;
      },
      clearTimeout(id: number) {
        if (!waiting.delete(id)) clearTimeout(id);
      },
      show() {
        Object.assign(globalThis, { setTimeout });
        for (const [id, { call, due }] of waiting) {
          const run = (): void => {
            if (waiting.delete(id)) call();
          };
          setTimeout(run, Math.max(0, due - performance.now()));
        }
      },
    });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

async function show({ page }: Tab): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    (globalThis as { show?: () => void }).show?.();
    document.dispatchEvent(new Event('visibilitychange'));
  });
}
