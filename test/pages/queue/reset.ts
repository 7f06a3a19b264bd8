import { expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { Tab } from './tab.ts';

/**
 * The connection breaks after the server has removed the events from the queue. The page may not notice: on a kept
 * connection, each engine repeats the request by itself.
 */
export function testReset(getEngine: () => Engine, getServer: () => QueueServer): void {
  it('Q4 the state includes events that a reset lost as soon as the connections are read', async () => {
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
    const recorded = await tab.untilSynced(id);

    expect(server.reads(since).map(({ status }) => status)).toContain('gone');
    expect(recorded.types.length).toBeLessThan(4);
  });
}
