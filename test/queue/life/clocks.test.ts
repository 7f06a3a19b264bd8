import { expect, it } from 'vitest';
import { useScene } from '../fixtures/scene.ts';

const scene = useScene();
const HOUR = 3_600_000;

it.each([-HOUR, HOUR])('Q5 the clock of the page is set by %i ms: no poll more, none less', async (jump) => {
  const poller = await scene.idlePoller();
  await scene.time.pass(HOUR);
  const before = scene.arrived().length;
  await scene.time.pass(HOUR / 2);
  scene.time.set(jump);
  await scene.time.pass(HOUR / 2);
  // Ahead, it may have been a sleep: that one poll more is the price.
  const after = scene.arrived().length;
  expect(after).toBeGreaterThanOrEqual(before - 1);
  expect(after).toBeLessThanOrEqual(before + 1);
  expect(poller.status).toBe('polling');
});

it.each([-HOUR, HOUR])(
  'Q3 Q4 set by %i ms in the middle of a synchronisation: it is followed to its end',
  async (jump) => {
    const poller = await scene.idlePoller();
    const { id } = scene.linxo.addConnection();
    const after = Math.floor(scene.now() / 1_000);
    scene.linxo.synchronise(id);
    const outcome = poller.whenSynced(id, { after });
    await scene.time.pass(10_000);
    scene.time.set(jump);
    await scene.time.pass(30_000);
    await expect(outcome).resolves.toMatchObject({ result: 'success', source: 'event' });
  },
);

it.each([-HOUR, HOUR])(
  "Q3 Q4 a page whose clock is %i ms wrong, and may not read the server's: it is followed to its end",
  async (skew) => {
    scene.time.set(skew);
    const poller = await scene.idlePoller({
      fetch: async (...request) => {
        const response = await scene.linxo.fetch(...request);
        response.headers.delete('date');
        return response;
      },
    });
    const { id } = scene.linxo.addConnection();
    const after = Math.floor(scene.now() / 1_000);
    scene.linxo.synchronise(id);
    const seen: string[] = [];
    poller.on('*', ({ event_type, channel_definition_id: channel }) => seen.push(`${event_type} ${channel}`));
    const outcome = poller.whenSynced(id, { after });
    await scene.time.pass(40_000);
    await expect(outcome).resolves.toMatchObject({ result: 'success' });
    expect(seen).toHaveLength(9);
    expect(poller.connections.get(id)?.status).toBe('SUCCESS');
  },
);

it.each([-HOUR, HOUR])(
  'Q7 a Retry-After that is a date, on a page whose clock is %i ms wrong',
  async (skew) => {
    scene.time.set(skew);
    const poller = await scene.idlePoller();
    const retries: (number | undefined)[] = [];
    poller.on('failure', ({ retryIn }) => retries.push(retryIn));
    scene.sandbox.fault({
      server: 'linxo',
      type: 'queue',
      kind: 'error',
      status: 503,
      retryAfter: 60,
      retryAfterForm: 'date',
    });
    poller.nudge();
    await scene.time.pass(5_000);
    expect(scene.arrived()).toEqual(['queue']);
    const [retryIn = 0] = retries;
    expect(retryIn).toBeGreaterThanOrEqual(60_000);
    expect(retryIn).toBeLessThanOrEqual(71_000);
    await scene.time.pass(retryIn);
    expect(scene.arrived()).toContain('queue');
  },
);
