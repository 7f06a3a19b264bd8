import { expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, QUICK, Tab } from './tab.ts';

/** The page's policy allows no code from strings. */
export function testStrictPolicy(getEngine: () => Engine, getServer: () => QueueServer): void {
  it('S1 nothing violates a strict policy', async () => {
    const server = getServer();
    const { linxo } = server.sandbox;
    const observed = await ObservedServer.start(server.url);
    try {
      const tab = await Tab.at(`${observed.url}/strict`, getEngine(), server);
      await tab.follow({ user: newUser(), schedule: QUICK });
      const { id } = linxo.addConnection();
      server.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'malformed', count: 1 });
      linxo.synchronise(id, SYNC);

      const recorded = await tab.untilSynced(id);
      expect(recorded.pollerEvents).toContain('failure INVALID_RESPONSE');
      await tab.page.evaluate(() => poller.stop({ forget: true }));
      // A read in flight is aborted with the poller.
      const reads = [`/linxo/queues/${recorded.queueId}`, `/linxo/connections/${id}`];
      const requests = reads.map((path) => ({ path, status: 'aborted' as const }));
      expect(await observed.problems(tab.page, { requests })).toEqual([]);
      expect(
        observed.requests.filter(({ path }) => path.startsWith('/linxo/queues/')).length,
      ).toBeGreaterThan(1);
    } finally {
      await observed.close();
    }
  });
}
