import { expect, it } from 'vitest';
import type { QueueEvent, QueuePoller } from '../../../src/index.ts';
import { useQueueWorld } from '../fixtures/use-queue-world.ts';

const world = useQueueWorld();

async function burst(poller: QueuePoller, events: number): Promise<void> {
  world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'burst', events });
  poller.nudge();
  await world.pass(1_500);
}

it('Q10 a slow iterator loses the oldest events beyond its buffer, with one gap an answer, and delays nothing', async () => {
  const poller = await world.idlePoller();
  const reader = poller[Symbol.asyncIterator]();
  const all: string[] = [];
  const madeAt: (number | null | undefined)[] = [];
  const gaps: object[] = [];
  poller.on('*', ({ id, creation_date }) => {
    all.push(id);
    madeAt.push(creation_date);
  });
  poller.on('gap', (gap) => gaps.push(gap));
  for (let times = 0; times < 3; times += 1) await burst(poller, 500);
  expect(all).toHaveLength(1_500);
  expect(madeAt[0]).toBeLessThan(madeAt[1_000] ?? 0);
  expect(gaps).toEqual([{ reason: 'overflow', since: madeAt[0] }]);
  const first = await reader.next();
  expect(first.value?.id).toBe(all[500]);
  const buffered: string[] = [];
  poller.stop();
  for await (const { id } of reader) buffered.push(id);
  expect(buffered).toEqual(all.slice(501));
});

it('Q10 the buffer has room for twice the largest answer, so that no single answer overflows it', async () => {
  const poller = await world.idlePoller();
  const reader = poller[Symbol.asyncIterator]();
  const gaps: string[] = [];
  poller.on('gap', ({ reason }) => gaps.push(reason));
  await burst(poller, 3_000);
  await burst(poller, 3_000);
  expect(gaps).toEqual([]);
  await burst(poller, 1);
  expect(gaps).toEqual(['overflow']);
  await reader.return?.();
});

it('Q10 break ends the buffering: later events cause no gap', async () => {
  const poller = await world.idlePoller();
  const seen: string[] = [];
  const gaps: string[] = [];
  poller.on('gap', ({ reason }) => gaps.push(reason));
  const reading = (async () => {
    for await (const { event_type } of poller) {
      seen.push(event_type);
      if (seen.length === 2) break;
    }
  })();
  await burst(poller, 5);
  await reading;
  expect(seen).toEqual(['SANDBOX_BURST', 'SANDBOX_BURST']);
  for (let times = 0; times < 4; times += 1) await burst(poller, 600);
  expect(gaps).toEqual([]);
});

it('Q2 Q10 two iterators get the same events; a later one gets later events', async () => {
  const poller = await world.idlePoller();
  const read = async (count: number, into: string[]): Promise<void> => {
    for await (const { id } of poller) if (into.push(id) === count) break;
  };
  const [one, other, late]: [string[], string[], string[]] = [[], [], []];
  const readings = [read(4, one), read(4, other)];
  await burst(poller, 2);
  readings.push(read(2, late));
  await burst(poller, 2);
  await Promise.all(readings);
  expect(one).toEqual(other);
  expect(late).toEqual(one.slice(2));
});

it('Q8 an iterator ends with the poller, and with its error if that has failed', async () => {
  const poller = await world.idlePoller();
  const before = poller[Symbol.asyncIterator]().next();
  await poller.stop();
  await expect(before).resolves.toEqual({ done: true, value: undefined });
  await expect(poller[Symbol.asyncIterator]().next()).resolves.toMatchObject({ done: true });

  const failing = world.poller({ accessToken: 'unknown-token' });
  const waiting: Promise<IteratorResult<QueueEvent>> = failing[Symbol.asyncIterator]().next();
  const outcome = expect(waiting).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(failing.start()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await outcome;
});
