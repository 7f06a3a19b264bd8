import { expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { RARE, Tab } from './tab.ts';

/** A redirect to the bank, which is another site, and back. */
export function testRedirect(getEngine: () => Engine, getServer: () => QueueServer): void {
  /** Opens a page that knows a connection, and navigates away. */
  async function leave(): Promise<{ tab: Tab; id: string; queueId: string | undefined }> {
    const server = getServer();
    const tab = await Tab.open(getEngine(), server, { schedule: RARE });
    const { id } = server.sandbox.linxo.addConnection();
    await tab.page.evaluate((connectionId) => poller.track(connectionId), id);
    await expect
      .poll(() => server.visits.some(({ path, status }) => path === `connections/${id}` && status === 200))
      .toBe(true);
    const { queueId } = await tab.recorded();
    await tab.page.goto(`${server.otherSite}/bank`);
    return { tab, id, queueId };
  }

  it('Q1 a page resumes its queue after a redirect, without a loss', async () => {
    const server = getServer();
    const { linxo } = server.sandbox;
    const { tab, id, queueId } = await leave();
    linxo.synchronise(id, SYNC);
    await expect.poll(() => linxo.isSynchronising(id)).toBe(false);
    const since = server.visits.length;

    await tab.page.goto(server.url);
    await tab.follow({ schedule: RARE });

    const recorded = await tab.untilSynced(id);
    expect(recorded.queueId).toBe(queueId);
    expect(recorded.events).toEqual(linxo.published.slice(-SYNC.length).map(({ event }) => event.id));
    expect(recorded.pollerEvents.filter((what) => !what.startsWith('status'))).toContain('resumed');
    expect(recorded.pollerEvents).not.toContain('subscribed');
    await expect
      .poll(() => server.visits.slice(since).map(({ path }) => path))
      .toContain(`connections/${id}`);
  });

  it.each(['by the clock of the page', 'as the server says'])(
    'Q6 a page that returns too late, %s, gets another queue',
    async (how) => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const { tab, id, queueId } = await leave();
      linxo.synchronise(id, SYNC);
      await expect.poll(() => linxo.isSynchronising(id)).toBe(false);
      if (how.includes('server')) linxo.killQueue(queueId);

      await tab.page.goto(server.url);
      if (how.includes('clock')) await tab.page.evaluate(ageStorage);
      await tab.follow({ schedule: RARE });

      const recorded = await tab.untilSynced(id);
      expect(recorded.pollerEvents).toEqual(expect.arrayContaining(['gap expired', 'subscribed']));
      expect(recorded.queueId).not.toBe(queueId);
      expect(recorded.events).toEqual([]);
    },
  );
}

/** As if the navigation had been a quarter of an hour ago. */
function ageStorage(): void {
  for (const [key, text] of Object.entries({ ...sessionStorage })) {
    const stored = JSON.parse(text);
    sessionStorage.setItem(key, JSON.stringify({ ...stored, askedAt: stored.askedAt - 900_001 }));
  }
}
