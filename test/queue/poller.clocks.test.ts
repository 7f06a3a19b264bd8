import { expect, it } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const HOUR = 3_600_000;

it.each([-HOUR, HOUR])(
  'Q5 setting the page’s clock by %i ms does not change the number of polls',
  async (jump) => {
    const poller = await world.idlePoller();
    await world.pass(HOUR);
    const before = world.arrived().length;
    await world.pass(HOUR / 2);
    world.time.set(jump);
    await world.pass(HOUR / 2);
    // A clock that is set forward looks like a sleep, which causes one more poll.
    const after = world.arrived().length;
    expect(after).toBeGreaterThanOrEqual(before - 1);
    expect(after).toBeLessThanOrEqual(before + 1);
    expect(poller.status).toBe('polling');
  },
);

it.each([-HOUR, HOUR])(
  'Q3 Q4 a synchronisation is followed to its end although the clock is set by %i ms meanwhile',
  async (jump) => {
    const poller = await world.idlePoller();
    const { id } = world.linxo.addConnection();
    const after = Math.floor(world.now / 1_000);
    world.linxo.synchronise(id);
    const outcome = poller.whenSynced(id, { after });
    await world.pass(10_000);
    world.time.set(jump);
    await world.pass(30_000);
    await expect(outcome).resolves.toMatchObject({ result: 'success', source: 'event' });
  },
);

it.each([-HOUR, HOUR])(
  'Q3 Q4 a synchronisation is followed to its end although the page’s clock is %i ms wrong and the server’s is unreadable',
  async (skew) => {
    world.time.set(skew);
    const poller = await world.idlePoller({
      fetch: async (...request) => {
        const response = await world.linxo.fetch(...request);
        response.headers.delete('date');
        return response;
      },
    });
    const { id } = world.linxo.addConnection();
    const after = Math.floor(world.now / 1_000);
    world.linxo.synchronise(id);
    const seen: string[] = [];
    poller.on('*', ({ event_type, channel_definition_id: channel }) => seen.push(`${event_type} ${channel}`));
    const outcome = poller.whenSynced(id, { after });
    await world.pass(40_000);
    await expect(outcome).resolves.toMatchObject({ result: 'success' });
    expect(seen).toHaveLength(9);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  },
);

it.each([-HOUR, HOUR])(
  'Q7 a Retry-After with a date is obeyed on a page whose clock is %i ms wrong',
  async (skew) => {
    world.time.set(skew);
    const poller = await world.idlePoller();
    const retries: (number | undefined)[] = [];
    poller.on('failure', ({ retryIn }) => retries.push(retryIn));
    world.sandbox.fault({
      server: 'linxo',
      type: 'queue',
      kind: 'error',
      status: 503,
      retryAfter: 60,
      retryAfterForm: 'date',
    });
    poller.nudge();
    await world.pass(5_000);
    expect(world.arrived()).toEqual(['queue']);
    const [retryIn = 0] = retries;
    expect(retryIn).toBeGreaterThanOrEqual(60_000);
    expect(retryIn).toBeLessThanOrEqual(71_000);
    await world.pass(retryIn);
    expect(world.arrived()).toContain('queue');
  },
);
