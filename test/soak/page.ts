import { getResponse } from 'msw';
import { seededRandom } from '../../src/testing/seeded-random.ts';
import { QueueWorld } from '../queue/fixtures/queue-world.ts';
import { BridgeLife } from './bridge-life.ts';
import { Leftovers } from './leftovers.ts';
import type { Life, SoakOptions, SoakResult } from './life.ts';
import { PollerLife } from './poller-life.ts';
import { SeenPage } from './seen-page.ts';
import type { World } from './world.ts';

const realTurn = turns();
const leftovers = new Leftovers();

/** Random faults. Each affects one request. */
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

/** Simulates the time of a page, on a clock that runs as fast as the machine can. Locks and channels are real. */
export async function soak({ seed, minutes, lives }: SoakOptions): Promise<SoakResult> {
  const random = seededRandom(seed, 'soak');
  const queue = new QueueWorld({
    seed,
    baseUrl: location.origin,
    latency: [20, 400],
    liveTokens: 10_000,
    page: new SeenPage(),
    turns: realTurn,
  }).begin();
  const { page, sandbox, time } = queue;
  leftovers.begin();
  let isOffline = false;
  let trouble = 0;
  const online = async (run: () => Promise<Response | undefined>): Promise<Response> => {
    if (isOffline) throw new TypeError('Failed to fetch');
    const response = await run();
    if (!response || response.type === 'error') throw new TypeError('Failed to fetch');
    return response;
  };
  const world: World = {
    queue,
    random,
    fetch: (address: string, options: RequestInit) =>
      online(() => getResponse(sandbox.handlers, new Request(address, options))),
    fetchQueue: (address: string, options: RequestInit) =>
      online(() => sandbox.linxo.fetch(address, options)),
  };

  let end = queue.now + minutes * 60_000;
  const length = minutes * 60_000;
  const alive = new Set<Life>();
  const wrong: string[] = [];
  const sums: Record<string, number> = {};
  const births = Array.from({ length: lives }, (_, index) => ({
    at: queue.now + random.next() * length * 0.8,
    index,
  }));
  births.sort((a, b) => a.at - b.at);
  const finish = async (life: Life): Promise<void> => {
    alive.delete(life);
    wrong.push(...(await time.until(life.end())));
    for (const [name, count] of Object.entries(life.sums)) sums[name] = (sums[name] ?? 0) + Number(count);
  };

  async function upset(): Promise<void> {
    trouble += 1;
    const dice = random.between(1, 20);
    if (dice === 1) {
      isOffline = true;
      await time.pass(random.between(1_000, 30_000));
      isOffline = false;
      page.dispatch('online');
    } else if (dice <= 3) {
      page.show(false);
      await time.pass(random.between(1_000, 90_000));
      page.show(true);
    } else if (dice === 4) {
      // Simulates a frozen page or a sleeping machine: no timer runs, and then each late timer runs once.
      const ms = random.between(60_000, 20 * 60_000);
      await time.sleep(ms, false);
      // That was no life.
      end += ms;
      for (const birth of births) birth.at += ms;
      page.document.dispatchEvent(new Event('resume'));
    } else if (dice <= 8) sandbox.fault({ server: 'linxo', count: 1, ...pick(QUEUE_FAULTS) } as never);
    else sandbox.fault({ count: 1, ...(dice % 2 && { server: 'linxo' }), ...pick(FAULTS) } as never);
  }

  function pick<T>(list: readonly T[]): T {
    return list[random.between(0, list.length - 1)] as T;
  }

  while (queue.now < end) {
    while (births[0] && births[0].at <= queue.now) {
      const { index } = births.shift() as (typeof births)[0];
      const ends = queue.now + random.between(30_000, 300_000);
      alive.add(index % 2 ? new BridgeLife(world, ends) : new PollerLife(world, ends, index));
    }
    for (const life of alive) {
      if (life.ends <= queue.now) await finish(life);
      else life.step();
    }
    if (random.next() < 0.15) await upset();
    sandbox.clearLog();
    await time.pass(random.between(500, 10_000));
  }
  sandbox.clearFaults();
  for (const life of [...alive]) await finish(life);
  await time.pass(1_000);
  const left = { timers: time.timers, ...(await leftovers.count()) };
  await queue.end();
  const none = { requests: 0, replies: 0, failures: 0, polls: 0, events: 0, synchronisations: 0 };
  return { ...none, ...sums, trouble, wrong, left };
}

/** A turn of the real event loop, which also delivers real messages and locks. */
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
