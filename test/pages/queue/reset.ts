import { expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { Tab } from './tab.ts';

/**
 * The connection breaks after the server has taken the events out of the queue. Whether the page hears of that
 * is up to the engine: on a connection that was kept, each of them sends the request again behind its back.
 */
export function testReset(getEngine: () => Engine, getServer: () => QueueServer): void {
  it('Q4 events that a reset has swallowed are missed in the state no longer than it takes to look', async () => {
    const server = getServer();
    const { linxo } = server.sandbox;
    const { id } = linxo.addConnection();
    const schedule = { close: 100, idle: 100, closeFor: 1_000, reconcile: 1_000 };
    const tab = await Tab.open(getEngine(), server, { tab: 'reset', schedule });
    for (const channel of ['REDIRECT', 'EMBEDDED']) linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel });
    await tab.until(({ types }) => types.length === 2);

    server.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'lost', count: 1 });
    const since = server.visits.length;
    for (const channel of ['REDIRECT', 'EMBEDDED']) linxo.publish(id, { event: 'SYNC_ALL_SUCCESS', channel });
    const heard = await tab.untilSynced(id);

    expect(server.reads(since).map(({ status }) => status)).toContain('gone');
    expect(heard.types.length).toBeLessThan(4);
  });
}
