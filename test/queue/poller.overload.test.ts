import { describe, expect, it } from 'vitest';
import { type Answer, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const CLIENTS = 1_000;
const world = useQueueWorld({ isBusy: true });

/** The number of requests in the busiest second. */
function busiestSecond(times: readonly number[]): number {
  const seconds = new Map<number, number>();
  for (const time of times) {
    const second = Math.floor(time / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return Math.max(...seconds.values());
}

describe('Q5 Q7 a server that answers 503 to 1,000 clients that started at the same moment', () => {
  /** All clients poll; then the server answers like this for a while. */
  async function overload(answer: Answer, forMs: number) {
    const server = new ScriptedQueue();
    const pollers = Array.from({ length: CLIENTS }, (_, client) => {
      return world.poller({ accessToken: `client-${client}`, fetch: server.fetch });
    });
    for (const poller of pollers) poller.start();
    await world.pass(0);
    const from = Date.now();
    server.always('poll', (sent) => (sent.at < from + forMs ? answer(sent) : status(204)));
    return {
      server,
      from,
      times: () => server.requests('poll').flatMap(({ at }) => (at > from ? [at] : [])),
      stop: () => Promise.all(pollers.map((poller) => poller.stop())),
    };
  }

  it('without a Retry-After: retries are spread and fewer than normal polls, and all clients are back within a minute', async () => {
    const { times, stop, from, server } = await overload(() => status(503), 15_000);

    await world.pass(15_000);
    const during = times();
    await world.pass(45_000);
    await stop();

    // At 1.8 s from poll to poll, 1,000 clients would send 8,000 in that time.
    expect(during.length).toBeLessThan(CLIENTS * 4);
    // After the second retries, the jitter has spread the clients: about the usual 400 a second.
    expect(busiestSecond(times().filter((at) => at > from + 6_000))).toBeLessThan(CLIENTS / 2);
    const back = server.requests('poll').filter(({ at }) => at >= from + 15_000);
    expect(new Set(back.map(({ token }) => token)).size).toBe(CLIENTS);
  });

  it('with a Retry-After of 5 s: no retry is earlier, and no second has 20% more requests than usual', async () => {
    const { times, stop, from, server } = await overload(() => status(503, { 'retry-after': '5' }), 4_000);

    await world.pass(3_000);
    const refused = times();
    await world.pass(8_000);
    await stop();

    const later = server.requests('poll').filter(({ at }) => at > Math.max(...refused));
    const first = Math.min(...later.map(({ at }) => at));
    expect(first - Math.min(...refused)).toBeGreaterThanOrEqual(5_000);
    expect(busiestSecond(times().filter((at) => at >= from + 4_000))).toBeLessThan(1.2 * (CLIENTS / 1.8));
  });
});
