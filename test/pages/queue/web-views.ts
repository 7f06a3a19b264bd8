import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, RARE, Tab } from './tab.ts';

/** What web views do that browsers do not: events of pages that stay, and locks that only look like locks. */
export function testWebViews(getEngine: () => Engine, getServer: () => QueueServer): void {
  describe('web views', () => {
    it.each(['pageshow', 'visibilitychange', 'nudge', 'resume', 'start'])(
      'Q5 a page that stays after pagehide polls again after %s',
      async (way) => {
        const server = getServer();
        const { linxo } = server.sandbox;
        const user = newUser();
        const tab = await Tab.open(getEngine(), server, { user, tab: `stays-${way}`, schedule: RARE });
        const { queueId } = await tab.recorded();
        await tab.page.evaluate(() => {
          dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
        });
        expect((await tab.recorded()).status).toBe('paused');
        expect(await locksOf(tab, user)).toBe(0);

        const { id } = linxo.addConnection();
        linxo.synchronise(id, SYNC);
        await expect.poll(() => linxo.isSynchronising(id)).toBe(false);
        await tab.page.evaluate((is) => {
          if (is === 'pageshow') dispatchEvent(new PageTransitionEvent(is, { persisted: false }));
          else if (is === 'visibilitychange') document.dispatchEvent(new Event(is));
          else void poller[is as 'nudge' | 'resume' | 'start']();
        }, way);

        const recorded = await tab.untilSynced(id);
        expect(recorded).toMatchObject({ status: 'polling', queueId, types: SYNC.map(({ event }) => event) });
        expect(await locksOf(tab, user)).toBe(1);
      },
    );

    it.each([
      ['never settle', '() => new Promise(() => {})'],
      ['resolve at once', '() => Promise.resolve()'],
      ['throw', '() => { throw new TypeError("Illegal invocation"); }'],
      ['are granted to everybody', 'async (...given) => given.at(-1)({})'],
    ])('Q9 tabs whose locks %s poll for themselves, and stop at once', async (name, request) => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const user = newUser();
      const tabs = [1, 2].map(() => Tab.at(server.url, getEngine(), server));
      const [first, second] = (await Promise.all(tabs)) as [Tab, Tab];
      for (const { page } of [first, second])
        await page.evaluate(`() => {
          Object.defineProperty(navigator, 'locks', { value: { request: ${request} }, configurable: true });
        }`);
      await first.follow({ user, tab: 'first' });
      await second.follow({ user, tab: 'second' });
      await second.until(({ status }) => status === 'polling');
      // Only that two tabs poll shows that each gets the lock: the first one then takes another queue.
      if (name === 'are granted to everybody')
        await first.until(({ pollerEvents, queueId }) => pollerEvents.includes('gap aborted') && !!queueId);
      expect((await first.recorded()).queueId).not.toBe((await second.recorded()).queueId);

      const { id } = linxo.addConnection();
      linxo.synchronise(id, SYNC);
      for (const tab of [first, second]) {
        const { types } = await tab.untilSynced(id);
        expect(types).toEqual(SYNC.map(({ event }) => event));
        await tab.page.evaluate(() => poller.stop());
        expect((await tab.recorded()).status).toBe('stopped');
      }
    });
  });
}

/** How many locks of this user are held, or waited for. */
function locksOf({ page }: Tab, user: string): Promise<number> {
  return page.evaluate(async (key) => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].filter(({ name }) => name?.endsWith(` ${key}`)).length;
  }, user);
}
