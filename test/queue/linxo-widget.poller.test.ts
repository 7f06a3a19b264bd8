import { expect, it } from 'vitest';
import { followLinxoWidget, type QueuePoller } from '../../src/index.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const origin = 'https://embed.linxo.example';
const source = { postMessage() {} } as unknown as Window;

function follow(poller: QueuePoller): void {
  followLinxoWidget(poller, { origin, source });
}

/** The widget has ended. */
function end(fields: object): void {
  world.page.dispatch('message', { origin, source, data: { eventName: 'redirect_to', ...fields } });
}

it('Q5 an idle poller reads its queue and the connection that the widget made, each once', async () => {
  const poller = await world.idlePoller();
  follow(poller);
  const { id } = world.linxo.addConnection();
  await world.pass(60_000);
  expect(world.arrived()).toEqual([]);

  end({ status: 'success', result: 'created', connection_id: id });
  await world.pass(500);

  expect(world.arrived()).toEqual(['queue', 'connection']);
  expect(poller.connections.get(id)).toMatchObject({ id, status: 'NONE' });
});

it('Q5 a synchronisation that the widget left behind is followed closely to its end', async () => {
  const poller = await world.idlePoller();
  follow(poller);
  const { id } = world.linxo.addConnection();
  world.linxo.synchronise(id);

  end({ status: 'success', connection_id: id });
  const outcome = poller.whenSynced(id);
  await world.pass(60_000);

  await expect(outcome).resolves.toMatchObject({ result: 'success', connection: { id } });
});

it('Q5 without a connection the queue is read, closely for a while', async () => {
  const poller = await world.idlePoller();
  follow(poller);
  end({ status: 'cancelled' });
  await world.time.settle();
  expect(world.arrived()).toEqual(['queue']);
  await world.pass(30_000);
  expect(world.arrived().length).toBeGreaterThanOrEqual(11);
});

it('Q5 a connection that the poller knows is not read for itself, but the queue is', async () => {
  const { poller, id } = await world.trackingPoller();
  await world.pass(5 * 60_000);
  world.sandbox.clearLog();
  follow(poller);
  end({ status: 'success', result: 'updated', connection_id: id });
  await world.pass(500);
  expect(world.arrived()).toEqual(['queue']);
});

it('Q5 before the start the connection is kept, and read then', async () => {
  const poller = world.poller();
  follow(poller);
  const { id } = world.linxo.addConnection();
  end({ connection_id: id });
  await world.pass(10_000);
  expect(world.arrived()).toEqual([]);
  await Promise.all([poller.start(), world.pass(10_000)]);
  expect([...poller.connections.keys()]).toEqual([id]);
});

it('Q8 while the poller is paused or stopped, nothing is sent', async () => {
  const poller = await world.idlePoller();
  follow(poller);
  const { id } = world.linxo.addConnection();
  poller.pause();
  end({ connection_id: id });
  await world.pass(60_000);
  expect(world.arrived()).toEqual([]);

  poller.resume();
  await world.pass(5_000);
  expect([...poller.connections.keys()]).toEqual([id]);

  await poller.stop();
  world.sandbox.clearLog();
  end({ connection_id: world.linxo.addConnection().id });
  await world.pass(60_000);
  expect(world.arrived()).toEqual([]);
});
