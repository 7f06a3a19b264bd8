import { expect, test } from 'vitest';
import type { PublishedEvent, RandomSynchroniseOptions } from '../../../src/testing/index.ts';
import { createQueueService } from '../../../src/testing/linxo/create-queue-service.ts';
import { eventsOf, model, START, ticking } from './fixtures/ticking.ts';

const ENDS = [
  'AUTH_FAILED',
  'TOKEN_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
  'PARTIAL_SUCCESS',
  'CLOSED',
  'EMPTY',
];

function random(options: RandomSynchroniseOptions): readonly PublishedEvent[] {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchroniseAtRandom(id, options);
  pass(600_000);
  expect(linxo.isSynchronising(id)).toBe(false);
  return linxo.published;
}

test('the same seed gives the same synchronisation with the same ids and accounts; another seed gives another one', () => {
  const published = (seed: number) => {
    const { linxo, pass } = model({ seed });
    const { id } = linxo.addConnection();
    linxo.subscribe();
    linxo.synchroniseAtRandom(id);
    pass(60_000);
    return [linxo.published, linxo.queues()];
  };

  expect(published(3)).toEqual(published(3));
  expect(published(3)).not.toEqual(published(4));
});

test('its own seed makes a synchronisation independent of earlier ones', () => {
  const types = (before: number) => {
    const { linxo, now, pass } = model();
    const { id } = linxo.addConnection();
    for (let count = 0; count < before; count += 1) linxo.synchroniseAtRandom(id);
    const start = now();
    linxo.synchroniseAtRandom(id, { seed: 5 });
    pass(600_000);
    return linxo.published.map(({ at, event }) => [at - start, event.event_type]);
  };

  expect(types(3)).toEqual(types(0));
  expect(random({ seed: 6 })).not.toEqual(random({ seed: 5 }));
});

test('about nine events within 12 to 60 seconds, in which every channel starts and ends', () => {
  let events = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const published = random({ seed, trouble: 0 });
    const length = (published.at(-1)?.at ?? 0) - START;
    expect(length).toBeGreaterThanOrEqual(12_000);
    expect(length).toBeLessThanOrEqual(60_000);
    for (const type of ['SYNC_ALL_STARTED', 'LIST_ACCOUNTS', 'SYNC_ALL_SUCCESS']) {
      const channels = published.flatMap(({ event }) =>
        event.event_type === type ? event.channel_definition_id : [],
      );
      expect(channels.sort()).toEqual(['8700', '8701']);
    }
    expect(published.at(-1)?.event.resource.status).toBe('SUCCESS');
    events += published.length;
  }

  expect(events / 300).toBeGreaterThan(8.5);
  expect(events / 300).toBeLessThan(9);
});

test('trouble ends a channel with a required action, in part, closed or empty, and each of them occurs', () => {
  const statuses = new Set<string | undefined>();
  for (let seed = 1; seed <= 200; seed += 1) {
    const published = random({ seed, trouble: 1 });
    for (const channel of published.at(-1)?.event.resource.channels ?? []) {
      expect(ENDS).toContain(channel.status);
      statuses.add(channel.status);
    }
    for (const { event } of published)
      if (event.event_type === 'CHALLENGE_REQUIRED') statuses.add(event.event_type);
  }

  expect([...statuses].sort()).toEqual([...ENDS].sort());
});

test('an answered challenge leads to success, at any step', () => {
  let answered = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const { linxo, pass } = model();
    const { id } = linxo.addConnection({ channels: [{ kind: 'EMBEDDED' }] });
    linxo.synchroniseAtRandom(id, { seed, trouble: 1 });
    for (let second = 0; second < 200; second += 1) {
      pass(1_000);
      if (!linxo.answerChallenge(id)) continue;
      answered += 1;
      pass(60_000);
      expect(linxo.connection(id)?.status).toBe('SUCCESS');
      break;
    }
  }

  expect(answered).toBeGreaterThan(30);
});

test.each([
  [{ seed: Number.NaN }, '"seed" must be a finite number'],
  [{ seed: 'x' }, '"seed" must be a finite number'],
  [{ trouble: 2 }, '"trouble" must be a number from 0 to 1'],
])('the options %j are rejected', (options, why) => {
  expect(() => random(options as object)).toThrow(why);
});

test('with any timing of reads, each event comes once, in order, and the last one has the final state', () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const { now, pass } = ticking();
    const linxo = createQueueService({ now, seed });
    const { id } = linxo.addConnection();
    const queue = linxo.subscribe();
    linxo.synchroniseAtRandom(id);
    const read = Array.from({ length: 50 }, (_, index) => {
      pass(37 * (seed % 13) * (index % 7) + 2_000);
      return eventsOf(linxo, queue);
    }).flat();
    pass(200_000);
    read.push(...eventsOf(linxo, queue));

    // As JSON, because a thousand deep comparisons take seconds.
    expect(JSON.stringify(read)).toBe(JSON.stringify(linxo.published.map(({ event }) => event)));
    expect(linxo.connection(id)).toMatchObject(read.at(-1)?.resource ?? {});
  }
});
