import { describe, expect, it } from 'vitest';
import { type Answer, breaks, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { wireConnection, wireEvent } from './fixtures/wire-event.ts';

const world = useQueueWorld({ isBusy: true });

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('Q5 Q7 repeated failures back off', () => {
  it.each([
    ['subscribe', () => status(503)],
    ['subscribe', () => status(403)],
    ['subscribe', () => status(404)],
    ['subscribe', breaks],
    ['poll', () => status(503)],
    ['poll', () => status(403)],
    ['poll', breaks],
    ['connection', () => status(503)],
    ['connection', () => status(403)],
    ['connection', () => json({ not: 'a connection' })],
    ['connection', breaks],
  ] as [operation: 'subscribe' | 'poll' | 'connection', Answer][])(
    '%s, case %#: retries for hours, in the end once per half minute at most',
    async (operation, answer) => {
      const server = new ScriptedQueue().always(operation, answer);
      const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
      poller.track('c1');
      poller.start().catch(() => {});

      await world.pass(HOUR);
      const before = server.requests(operation).length;
      await world.pass(HOUR);

      const tries = server.requests(operation).length - before;
      expect(tries).toBeGreaterThan(0);
      expect(tries).toBeLessThanOrEqual(HOUR / 30_000 + 1);
      expect(server.sent.length).toBeLessThan(4 * (HOUR / 30_000) + 100);
      expect(emitted.failure.length).toBeGreaterThan(10);
      expect(poller.status).toMatch(/polling|subscribing/);
    },
  );

  it('Q6 a refused subscription is a failure at once, since there is no queue that could belong to another user', async () => {
    const server = new ScriptedQueue().always('subscribe', () => status(403));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    poller.start().catch(() => {});
    await world.pass(0);

    expect(server.requests('subscribe')).toHaveLength(1);
    expect(emitted.failure).toHaveLength(1);
  });

  it('one unreadable connection does not delay the others', async () => {
    const server = new ScriptedQueue().always('connection', ({ id }) =>
      id === 'c1' ? status(500) : json(wireConnection(id, { 8700: 'SUCCESS' })),
    );
    const poller = world.poller({ fetch: server.fetch });
    const ids = Array.from({ length: 12 }, (_, index) => `c${index}`);
    for (const id of ids) poller.track(id);
    poller.start();

    await world.pass(0);

    expect([...poller.connections.keys()]).toEqual(ids.filter((id) => id !== 'c1'));
  });

  it('a server that fails for all connections gets only a few requests', async () => {
    const server = new ScriptedQueue().always('connection', () => status(500));
    const poller = world.poller({ fetch: server.fetch });
    for (let number = 0; number < 50; number += 1) poller.track(`c${number}`);
    poller.start();

    await world.pass(0);

    expect(server.requests('connection')).toHaveLength(5);
  });

  it('unreadable connections do not slow down the polls of a running synchronisation', async () => {
    const running = wireConnection('c1', { 8700: 'RUNNING' });
    const server = new ScriptedQueue()
      .always('poll', () => json([wireEvent('LIST_ACCOUNTS', running, { channel_definition_id: '8700' })]))
      .always('connection', () => status(500));
    const poller = world.poller({ fetch: server.fetch });
    poller.track('c1');
    poller.start();

    await world.pass(300_000);

    // 166 at 1.8 s.
    expect(server.requests('poll').length).toBeGreaterThan(100);
    expect(server.requests('poll').length).toBeLessThan(180);
    expect(server.requests('connection').length).toBeLessThan(20);
  });
});

it('Q5 a success resets the backoff: the next failure starts with the shortest delay', async () => {
  const server = new ScriptedQueue().next('poll', breaks, breaks, breaks, () => status(204), breaks);
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.start();

  await world.pass(120_000);

  expect(emitted.failure).toHaveLength(4);
  expect(emitted.failure[2]?.retryIn).toBeGreaterThanOrEqual(4_000);
  expect(emitted.failure[3]?.retryIn).toBeLessThanOrEqual(3_000);
});

it('Q5 idle: at most 200 polls a day, and never more than 15 minutes apart', async () => {
  const server = new ScriptedQueue();
  const poller = world.poller({ fetch: server.fetch });
  poller.start();
  await world.pass(60_000);
  const { length } = server.sent;

  await world.pass(DAY);

  const polls = server.sent.slice(length);
  expect(polls.length).toBeLessThanOrEqual(200);
  expect(polls.every(({ operation }) => operation === 'poll')).toBe(true);
  const gaps = polls.slice(1).map(({ at }, index) => at - (polls[index]?.at ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(900_000);
});
