import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, Tab, untilAgreed } from './tab.ts';

/** The tab that polls closes, and another one goes on. */
export function testHandingOver(getEngine: () => Engine, getServer: () => QueueServer): void {
  /** Two tabs of one user, of which the first polls. */
  async function openTwo(): Promise<{ user: string; a: Tab; b: Tab }> {
    const user = newUser();
    const a = await Tab.open(getEngine(), getServer(), { user, tab: 'a' });
    const b = await Tab.open(getEngine(), getServer(), { user, tab: 'b' });
    return { user, a, b };
  }

  describe('handing over', () => {
    it('Q9 a tab that is closed in the middle of a synchronisation is replaced', async () => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const { a, b } = await openTwo();
      const { queueId } = await b.recorded();
      const { id } = linxo.addConnection();
      const sync = [...SYNC.slice(0, 3), { ...SYNC[3], after: 2_000 }, ...SYNC.slice(4)];

      linxo.synchronise(id, sync);
      await b.until(({ types }) => types.length >= 3);
      await a.close();

      const recorded = await b.untilSynced(id);
      expect(recorded).toMatchObject({ status: 'polling', queueId });
      expect(new Set(recorded.events).size).toBe(recorded.events.length);
      // Events of a read in flight are lost with the tab, and the gap is reported.
      const isWhole = recorded.events.length === SYNC.length;
      expect([isWhole, isWhole || recorded.pollerEvents.includes('gap aborted')]).toEqual([isWhole, true]);
    });

    it('Q9 another tab polls while one is paused, which follows after resume', async () => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const { a, b } = await openTwo();
      const { id } = linxo.addConnection();

      await a.page.evaluate(async () => {
        poller.pause();
        await fetch(location.href); // a read that was in flight has reached the server by then
      });
      await b.until(({ status }) => status === 'polling');
      const since = server.visits.length;
      linxo.synchronise(id, SYNC);
      await b.untilSynced(id);
      const missed = SYNC.length - (await a.recorded()).events.length;

      await a.page.evaluate(() => poller.resume());
      // It may know the whole synchronisation already: events that the other tab reads come while it is paused.
      await a.until(({ status }) => status === 'following');
      await a.untilSynced(id);
      const [ofA] = await untilAgreed(a, b);
      expect(ofA?.status).toBe('following');
      expect([missed, ofA?.pollerEvents.includes('gap woken')]).toEqual([missed, missed > 0]);
      expect(server.readers(since)).toEqual(['b']);
    });

    it('Q9 another tab polls after one has stopped with forget', async () => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const { a, b } = await openTwo();
      const { queueId } = await b.recorded();

      await a.page.evaluate(() => poller.stop({ forget: true }));
      const since = server.visits.length;
      await b.until(({ status }) => status === 'polling');
      const { id } = linxo.addConnection();
      linxo.synchronise(id, SYNC);

      expect(await b.untilSynced(id)).toMatchObject({ queueId, types: SYNC.map(({ event }) => event) });
      expect(server.readers(since)).toEqual(['b']);
      const ofA = await a.recorded();
      expect([ofA.status, ofA.events, ofA.queueId]).toEqual(['stopped', [], undefined]);
    });
  });
}
