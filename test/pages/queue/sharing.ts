import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, RARE, Tab, untilAgreed } from './tab.ts';

/** Tabs of one user, in separate windows. */
export function testSharing(getEngine: () => Engine, getServer: () => QueueServer): void {
  const open = (options: Parameters<typeof Tab.open>[2]): Promise<Tab> =>
    Tab.open(getEngine(), getServer(), options);

  describe('sharing', () => {
    it('Q9 one tab polls, the others get the same events and the same state, and another user gets none', async () => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const user = newUser();
      const a = await open({ user, tab: 'a' });
      const b = await open({ user, tab: 'b' });
      const accessToken = server.sandbox.issueAccessToken({ user: 'user-2' });
      const stranger = await open({ user: newUser(), accessToken, tab: 'stranger' });
      const since = server.visits.length;
      const { id } = linxo.addConnection();

      linxo.synchronise(id, SYNC);
      await a.untilSynced(id);
      const late = await open({ user, tab: 'late' });
      await b.untilSynced(id);
      const [ofA, ofB, ofLate] = await untilAgreed(a, b, late);

      expect([ofA?.status, ofB?.status, ofLate?.status]).toEqual(['polling', 'following', 'following']);
      const visitors = server.visits.slice(since).map(({ tab }) => tab);
      expect(new Set(visitors.filter((tab) => tab !== 'stranger'))).toEqual(new Set(['a']));
      expect(ofA?.events).toEqual(linxo.published.slice(-SYNC.length).map(({ event }) => event.id));
      expect(ofB?.events).toEqual(ofA?.events);
      expect(ofLate).toMatchObject({ events: [], queueId: ofA?.queueId });
      expect(await stranger.recorded()).toMatchObject({ events: [], connections: {} });
    });

    it('Q9 the tab that polls does what a following tab asks for', async () => {
      const server = getServer();
      const { id } = server.sandbox.linxo.addConnection();
      const user = newUser();
      const schedule = { ...RARE, close: 100, closeFor: 1_000 };
      await open({ user, tab: 'a', schedule });
      const b = await open({ user, tab: 'b', schedule });
      const visits = (path: RegExp): number =>
        server.visits.filter(({ path: seen, tab }) => path.test(seen) && tab === 'a').length;

      await b.page.evaluate((connectionId) => poller.track(connectionId), id);
      await expect.poll(() => visits(new RegExp(`^connections/${id}$`))).toBe(1);

      await untilQuiet(server);
      const before = visits(/^queues/);
      await b.page.evaluate(() => poller.nudge());
      await expect.poll(() => visits(/^queues/) - before).toBeGreaterThan(3);

      await untilQuiet(server);
      await b.page.evaluate((connectionId) => {
        const waiting = poller.whenSynced(connectionId, { after: Date.now() / 1000 - 1 });
        Object.assign(globalThis, { waiting });
      }, id);
      server.sandbox.linxo.synchronise(id, SYNC);
      expect(await b.page.evaluate('async () => (await waiting).result')).toBe('success');
      expect(server.reads().filter(({ tab }) => tab === 'b')).toEqual([]);
    });
  });
}

/** Waits until the close polling after a start or a nudge is over. */
async function untilQuiet(server: QueueServer): Promise<void> {
  let seen = -1;
  await expect
    .poll(
      () => {
        const isQuiet = seen === server.visits.length;
        seen = server.visits.length;
        return isQuiet;
      },
      { interval: 600 },
    )
    .toBe(true);
}
