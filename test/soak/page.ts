import FakeTimers from '@sinonjs/fake-timers';
import { getResponse } from 'msw';
import { createSandbox } from '../../src/testing/index.ts';
import { seededRandom } from '../../src/testing/seeded-random.ts';
import { BridgeLife } from './bridge-life.ts';
import { Leftovers } from './leftovers.ts';
import type { Life, SoakOptions, SoakResult } from './life.ts';
import { PollerLife } from './poller-life.ts';
import { setHidden } from './visibility.ts';

const realTurn = turns();
const leftovers = new Leftovers();

/** What goes wrong at random. Each lasts for one request. */
const FAULTS = [
  { kind: 'slow', ms: 8_000 },
  { kind: 'error', status: 503, retryAfter: 2 },
  { kind: 'error', status: 500, body: 'html' },
  { kind: 'never' },
  { kind: 'network' },
  { kind: 'garbage' },
  { kind: 'stale-token' },
] as const;
const QUEUE_FAULTS = [
  { kind: 'lost' },
  { kind: 'truncated' },
  { kind: 'duplicate' },
  { kind: 'malformed' },
  { kind: 'gone' },
] as const;

/** An hour or so of a page's life, on a clock that goes as fast as the machine can. Locks and channels are the browser's own. */
export async function soak({ seed, minutes, lives }: SoakOptions): Promise<SoakResult> {
  const random = seededRandom(seed, 'soak');
  const clock = FakeTimers.install({
    now: Date.UTC(2026, 0, 5, 9),
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
  });
  leftovers.begin();
  const sandbox = createSandbox({ seed, baseUrl: location.origin, latency: [20, 400], liveTokens: 10_000 });
  let isOffline = false;
  let trouble = 0;
  const online = async (run: () => Promise<Response | undefined>): Promise<Response> => {
    if (isOffline) throw new TypeError('Failed to fetch');
    const response = await run();
    if (!response || response.type === 'error') throw new TypeError('Failed to fetch');
    return response;
  };
  const world = {
    sandbox,
    random,
    fetch: (address: string, options: RequestInit) =>
      online(() => getResponse(sandbox.handlers, new Request(address, options))),
    fetchQueue: (address: string, options: RequestInit) =>
      online(() => sandbox.linxo.fetch(address, options)),
  };

  let end = clock.now + minutes * 60_000;
  const length = minutes * 60_000;
  const alive = new Set<Life>();
  const wrong: string[] = [];
  const sums: Record<string, number> = {};
  const births = Array.from({ length: lives }, (_, index) => ({
    at: clock.now + random.next() * length * 0.8,
    index,
  }));
  births.sort((a, b) => a.at - b.at);
  const finish = async (life: Life): Promise<void> => {
    alive.delete(life);
    wrong.push(...(await pass(life.end())));
    for (const [name, count] of Object.entries(life.sums)) sums[name] = (sums[name] ?? 0) + Number(count);
  };

  /** Lets time go on until this has come to its end. */
  async function pass<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    promise.then(over, over);
    for (let steps = 0; !isOver; steps += 1) {
      await realTurn();
      if (!isOver && steps > 5) clock.next();
      if (steps > 100_000) throw new Error('It never ended');
    }
    return promise;
  }

  /** Lets so much time pass, and what it brings happen. */
  async function live(ms: number): Promise<void> {
    const until = clock.now + ms;
    const mark = clock.setTimeout(() => {}, ms);
    while (clock.now < until) {
      clock.next();
      await realTurn();
    }
    clock.clearTimeout(mark);
  }

  async function upset(): Promise<void> {
    trouble += 1;
    const dice = random.between(1, 20);
    if (dice === 1) {
      isOffline = true;
      await live(random.between(1_000, 30_000));
      isOffline = false;
      dispatchEvent(new Event('online'));
    } else if (dice <= 3) {
      setHidden(true);
      await live(random.between(1_000, 90_000));
      setHidden(false);
    } else if (dice === 4) {
      // Frozen, or the machine asleep: no timer runs, and then all that are late do, once.
      const ms = random.between(60_000, 20 * 60_000);
      clock.jump(ms);
      // That was no life.
      end += ms;
      for (const birth of births) birth.at += ms;
      document.dispatchEvent(new Event('resume'));
    } else if (dice <= 8) sandbox.fault({ server: 'linxo', count: 1, ...pick(QUEUE_FAULTS) } as never);
    else sandbox.fault({ count: 1, ...(dice % 2 && { server: 'linxo' }), ...pick(FAULTS) } as never);
  }

  function pick<T>(list: readonly T[]): T {
    return list[random.between(0, list.length - 1)] as T;
  }

  while (clock.now < end) {
    while (births[0] && births[0].at <= clock.now) {
      const { index } = births.shift() as (typeof births)[0];
      const ends = clock.now + random.between(30_000, 300_000);
      alive.add(index % 2 ? new BridgeLife(world, ends) : new PollerLife(world, ends, index));
    }
    for (const life of alive) {
      if (life.ends <= clock.now) await finish(life);
      else life.step();
    }
    if (random.next() < 0.15) await upset();
    sandbox.clearLog();
    await live(random.between(500, 10_000));
  }
  sandbox.clearFaults();
  for (const life of [...alive]) await finish(life);
  await live(1_000);
  sandbox.close();
  const left = { timers: clock.countTimers(), ...(await leftovers.count()) };
  clock.uninstall();
  const none = { requests: 0, replies: 0, failures: 0, polls: 0, events: 0, synchronisations: 0 };
  return { ...none, ...sums, trouble, wrong, left };
}

/** A turn of the real event loop, in which the browser's own messages and locks come, too. */
function turns(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resolve = (): void => {};
  port1.onmessage = () => resolve();
  const turn = (): Promise<void> =>
    new Promise((settle) => {
      resolve = settle;
      port2.postMessage(0);
    });
  return async () => {
    await turn();
    await navigator.locks.query();
    await turn();
  };
}
