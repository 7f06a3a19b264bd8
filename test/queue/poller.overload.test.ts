import { describe, expect, it } from 'vitest';
import { type Answer, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const CLIENTS = 1_000;
const world = useQueueWorld({ isBusy: true });

/** How many requests fell into the fullest second. */
function fullestSecond(times: readonly number[]): number {
  const seconds = new Map<number, number>();
  for (const time of times) {
    const second = Math.floor(time / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return Math.max(...seconds.values());
}

describe('Q5 Q7 a burst of 503 on 1,000 clients that began in the same moment', () => {
  /** All of them poll, and at one moment a server that has been well answers like this for a while. */
  async function strike(answer: Answer, forMs: number) {
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
      times: () => server.of('poll').flatMap(({ at }) => (at > from ? [at] : [])),
      stop: () => Promise.all(pollers.map((poller) => poller.stop())),
    };
  }

  it('without a Retry-After: spread, fewer than at the usual pace, and all of them back within a minute', async () => {
    const { times, stop, from, server } = await strike(() => status(503), 15_000);

    await world.pass(15_000);
    const during = times();
    await world.pass(45_000);
    await stop();

    // At 1.8 s from poll to poll, 1,000 clients would send 8,000 in that time.
    expect(during.length).toBeLessThan(CLIENTS * 4);
    // Once the second tries have spread what began together: no more than the usual 400, give or take.
    expect(fullestSecond(times().filter((at) => at > from + 6_000))).toBeLessThan(CLIENTS / 2);
    const back = server.of('poll').filter(({ at }) => at >= from + 15_000);
    expect(new Set(back.map(({ token }) => token)).size).toBe(CLIENTS);
  });

  it('with a Retry-After of 5 s: not one comes earlier, and no second sees a fifth more than the usual pace', async () => {
    const { times, stop, from, server } = await strike(() => status(503, { 'retry-after': '5' }), 4_000);

    await world.pass(3_000);
    const refused = times();
    await world.pass(8_000);
    await stop();

    const later = server.of('poll').filter(({ at }) => at > Math.max(...refused));
    const first = Math.min(...later.map(({ at }) => at));
    expect(first - Math.min(...refused)).toBeGreaterThanOrEqual(5_000);
    expect(fullestSecond(times().filter((at) => at >= from + 4_000))).toBeLessThan(1.2 * (CLIENTS / 1.8));
  });
});
