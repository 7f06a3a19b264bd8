import { describe, expect, it } from 'vitest';
import { type Answer, json, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { wireConnection } from './fixtures/wire-event.ts';

const world = useQueueWorld();

/** A poller whose first poll gets this answer. */
async function refused(answer: Answer) {
  const server = new ScriptedQueue().next('poll', answer);
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.start().catch(() => {});
  await world.pass(0);
  return { server, poller, emitted, began: Date.now() };
}

type Case = [name: string, value: () => string, ms: number];

const inDate = (ms: number): string => new Date(Date.now() + ms).toUTCString();

describe.each([429, 503])('Q7 %i with a Retry-After', (code) => {
  it.each([
    ['seconds', () => '120', 120_000],
    ['a date', () => inDate(120_000), 120_000],
    ['seconds with white space', () => '  45 ', 45_000],
    ['seconds with a fraction', () => '120.0', 120_000],
    ['a header that is sent twice', () => '120, 120', 120_000],
    ['a date that is sent twice', () => `${inDate(120_000)}, ${inDate(120_000)}`, 120_000],
    ['a unix time', () => `${Date.now() / 1_000 + 120}`, 120_000],
  ] as Case[])('of %s is obeyed, with a jitter of up to 10% of it', async (_name, value, ms) => {
    const { server, emitted, began } = await refused(() => status(code, { 'retry-after': value() }));

    const { retryIn = 0 } = emitted.failure[0] ?? {};
    expect(retryIn).toBeGreaterThanOrEqual(ms);
    expect(retryIn).toBeLessThanOrEqual(ms * 1.1 + 3_000);
    await world.pass(ms - 1);
    expect(server.requests('poll')).toHaveLength(1);
    await world.pass(retryIn - ms + 1_000);
    expect(server.requests('poll')).toHaveLength(2);
    expect((server.requests('poll')[1]?.at ?? 0) - began).toBeGreaterThanOrEqual(ms);
  });

  it.each([
    ['0', () => '0'],
    ['a date that has passed', () => inDate(-86_400_000)],
    ['garbage', () => 'soon'],
    ['a negative number', () => '-5'],
    ['a unix time that has passed', () => '1000000000'],
    ['nothing', () => ''],
  ] as [string, () => string][])('of %s is ignored: 1 to 3 s, never at once', async (_name, value) => {
    const { emitted } = await refused(() => status(code, { 'retry-after': value() }));

    expect(emitted.failure).toHaveLength(1);
    expect(emitted.failure[0]?.retryIn).toBeGreaterThanOrEqual(1_000);
    expect(emitted.failure[0]?.retryIn).toBeLessThanOrEqual(3_000);
  });

  it('is not shortened by nudge, whenSynced or track', async () => {
    const { server, poller } = await refused(() => status(code, { 'retry-after': '60' }));

    poller.nudge();
    poller.track('c1');
    poller.whenSynced('c2').catch(() => {});
    await world.pass(59_000);

    expect(server.requests('poll')).toHaveLength(1);
    expect(server.requests('connection')).toHaveLength(0);
    await world.pass(10_000);
    expect(server.requests('poll').length).toBeGreaterThan(1);
  });

  it.each([
    ['seconds', () => '3600'],
    ['a date', () => inDate(3_600_000)],
    ['a unix time', () => `${Date.now() / 1_000 + 3_600}`],
    ['unix milliseconds', () => `${Date.now() + 5_000}`],
  ] as [string, () => string][])('of %s is obeyed up to the lifetime of a queue', async (_name, value) => {
    const { server, emitted } = await refused(() => status(code, { 'retry-after': value() }));

    const { retryIn = 0 } = emitted.failure[0] ?? {};
    expect(retryIn).toBeGreaterThanOrEqual(900_000);
    expect(retryIn).toBeLessThanOrEqual(900_000 * 1.1 + 3_000);
    await world.pass(900_000 - 1);
    expect(server.sent).toHaveLength(2);
    await world.pass(retryIn - 900_000 + 1_000);

    expect(server.sent.length).toBeGreaterThan(2);
  });

  it('start after stop polls at once', async () => {
    const { server, poller } = await refused(() => status(code, { 'retry-after': '120' }));
    await poller.stop();
    expect(server.requests('poll')).toHaveLength(1);

    await poller.start();

    expect(server.requests('poll')).toHaveLength(2);
    expect(poller.status).toBe('polling');
  });
});

it('Q7 a date is compared with the server’s clock if the page’s is an hour ahead', async () => {
  const serverTime = (): number => Date.now() - 3_600_000;
  const { emitted } = await refused(() => {
    const date = new Date(serverTime()).toUTCString();
    const until = new Date(serverTime() + 30_000).toUTCString();
    return new Response(null, { status: 429, headers: { date, 'retry-after': until } });
  });

  expect(emitted.failure[0]?.retryIn).toBeGreaterThanOrEqual(29_000);
  expect(emitted.failure[0]?.retryIn).toBeLessThanOrEqual(36_000);
});

it('Q7 a date delays no longer than the lifetime of a queue if the server’s clock is unknown', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();

  const server = new ScriptedQueue().next(
    'subscribe',
    () => new Response(null, { status: 429, headers: { 'retry-after': inAnHour } }),
  );
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.start().catch(() => {});
  await world.pass(0);

  expect(emitted.failure[0]?.retryIn).toBeGreaterThanOrEqual(900_000);
  expect(emitted.failure[0]?.retryIn).toBeLessThanOrEqual(1_000_000);
});

it('Q7 a Retry-After on subscribing is obeyed, and start waits for it', async () => {
  const server = new ScriptedQueue().next('subscribe', () => status(503, { 'retry-after': '20' }));
  const poller = world.poller({ fetch: server.fetch });
  let isStarted = false;
  poller.start().then(() => {
    isStarted = true;
  });

  await world.pass(19_999);
  expect(server.sent).toHaveLength(1);
  expect(isStarted).toBe(false);

  await world.pass(6_000);
  expect(isStarted).toBe(true);
});

it('Q7 a Retry-After on reading a connection is obeyed, and then the connection is read', async () => {
  const server = new ScriptedQueue()
    .next('connection', () => status(429, { 'retry-after': '30' }))
    .always('connection', () => json(wireConnection('c1', { 8700: 'SUCCESS' })));
  const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
  poller.track('c1');
  poller.start();
  await world.pass(29_999);

  expect(emitted.failure).toHaveLength(1);
  expect(server.requests('connection')).toHaveLength(1);

  await world.pass(10_000);
  expect(server.requests('connection')).toHaveLength(2);
  expect(poller.connections.get('c1')?.status).toBe('SUCCESS');
});

it('Q7 a page that always restarts a failed poller at once causes one request a second', async () => {
  const server = new ScriptedQueue();
  for (let count = 0; count < 200; count += 1) server.next('subscribe', () => status(401));
  const poller = world.poller({ fetch: server.fetch, accessToken: false });
  poller.on('failure', () => {
    poller.start().catch(() => {});
  });
  poller.start().catch(() => {});

  await world.pass(10_000);

  expect(server.requests('subscribe').length).toBeGreaterThan(5);
  expect(server.requests('subscribe').length).toBeLessThan(25);
  await poller.stop();
});

it('Q7 start after stop reads an unreadable connection again at once', async () => {
  const server = new ScriptedQueue().next('connection', () => status(503, { 'retry-after': '600' }));
  const poller = world.poller({ fetch: server.fetch });
  poller.track('c1');
  await poller.start();
  await world.pass(1_000);
  expect(server.requests('connection')).toHaveLength(1);
  await poller.stop();

  await poller.start();
  await world.pass(2_000);

  expect(server.requests('connection').length).toBeGreaterThan(1);
});
