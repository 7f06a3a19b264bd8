import { describe, expect, test } from 'vitest';
import { phasesOf, stateOf } from '../../../src/inspector/model/entry.ts';
import { LifeLog, MAX_ENTRIES, queueAge } from '../../../src/inspector/model/life-log.ts';
import { laneIndexOf, lanesOf, layOut } from '../../../src/inspector/view/picture-layout.ts';
import type { LifeEvent } from '../../../src/monitoring.ts';
import { attempt, entriesIn, event, failure, logOf, request, requestsIn, START } from '../fixtures/log-of.ts';

const began = (call: number, after = 0) => event('request', after, request(call));
const replied = (call: number, after: number) => event('reply', after, { ...request(call), duration: after });

describe('a request', () => {
  test.each([
    ['sent', [began(1)]],
    ['token', [began(1), attempt(1, 1, 'token', 0)]],
    ['retry', [began(1), attempt(1, 1, 'sent', 1), attempt(1, 5, 'retry', 1, 503)]],
    ['answered', [began(1), replied(1, 9)]],
    ['failed', [began(1), failure(1, 9, 'TIMEOUT')]],
    [
      'late',
      [began(1), failure(1, 9, 'TIMEOUT'), event('orphan', 20, { requestId: 'id-1', reason: 'settled' })],
    ],
    ['twice', [began(1), replied(1, 9), event('orphan', 20, { requestId: 'id-1', reason: 'settled' })]],
  ] as const)('is %s', (state, events) => {
    const log = logOf(...events);
    expect(requestsIn(log).map(stateOf)).toEqual([state]);
    expect(log.entries.size).toBe(1);
  });

  test('has phases in order', () => {
    const steps = [attempt(1, 2, 'token', 0), attempt(1, 10, 'sent', 1), attempt(1, 30, 'retry', 1, 503)];
    const [entry] = requestsIn(logOf(began(1), ...steps, attempt(1, 70, 'sent', 2), replied(1, 90)));
    const phases = entry ? phasesOf(entry, START + 500) : [];
    expect(phases.map(({ state, from, to }) => [state, from - START, to - START])).toEqual([
      ['sent', 0, 2],
      ['token', 2, 10],
      ['sent', 10, 30],
      ['retry', 30, 70],
      ['sent', 70, 90],
    ]);
  });

  test('that is pending lasts until now', () => {
    const [entry] = requestsIn(logOf(began(1)));
    expect(entry && phasesOf(entry, START + 500)).toMatchObject([
      { state: 'sent', from: START, to: START + 500 },
    ]);
  });

  test('that was refused does not affect the pending one with its id, which gets the late reply', () => {
    const refused = event('failure', 1, {
      ...request(2),
      requestId: 'id-1',
      code: 'DUPLICATE_REQUEST',
      duration: 0,
      status: undefined,
      timeout: undefined,
    });
    const late = event('orphan', 20, { requestId: 'id-1', reason: 'settled' });
    const log = logOf(began(1), refused, failure(1, 9, 'TIMEOUT'), late);
    expect(requestsIn(log).map((entry) => [entry.call, stateOf(entry)])).toEqual([
      [1, 'late'],
      [2, 'failed'],
    ]);
    expect(log.counts).toMatchObject({ pending: 0, answered: 0, failed: 2, late: 1 });
  });

  test('that never started, or a stray reply, is an entry of its own', () => {
    const unread = event('failure', 1, {
      code: 'INVALID_CALL',
      duration: undefined,
      status: undefined,
      timeout: undefined,
    });
    const log = logOf(
      unread,
      event('orphan', 2, { requestId: 'nobody', reason: 'unknown' }),
      event('orphan', 3, { requestId: 'forgotten', reason: 'settled' }),
    );
    expect(entriesIn(log).map(({ kind }) => kind)).toEqual(['moment', 'moment', 'moment']);
    expect(log.counts).toMatchObject({ failed: 1, late: 2 });
  });

  test('does not share its row with another pending one, up to six', () => {
    const log = logOf(
      ...[1, 2, 3].map((call) => began(call)),
      replied(2, 5),
      began(4, 6),
      ...[5, 6, 7, 8].map((call) => began(call, 7)),
    );
    expect(requestsIn(log).map(({ slot }) => slot)).toEqual([0, 1, 2, 1, 3, 4, 5, 5]);
  });
});

describe('S6 a request whose start is not known', () => {
  /** One that began at `at - duration`, and ends now. */
  const past = (call: number, at: number, duration: number) =>
    ({ ...replied(call, at), duration }) as LifeEvent;

  test('shares its row with none of that time', () => {
    const log = logOf(
      past(1, 10, 10),
      past(2, 12, 10),
      past(3, 13, 1),
      past(4, 20, 5),
      began(5, 21),
      past(6, 30, 5),
    );
    expect(requestsIn(log).map(({ slot }) => slot)).toEqual([0, 1, 0, 0, 0, 1]);
  });

  test('takes no row of one that was pending then, and the last row if there is none', () => {
    const log = logOf(began(1, 1), replied(1, 9), past(2, 10, 5), past(3, 11, 1));
    for (let call = 4; call < 12; call += 1) log.add(past(call, 20, 19));
    expect(requestsIn(log).map(({ slot }) => slot)).toEqual([0, 1, 0, 2, 3, 4, 5, 5, 5, 5, 5]);
  });
});

describe('a log', () => {
  test('has a limited size, and so have its indexes', () => {
    const log = new LifeLog(100);
    for (let call = 1; call <= 1_000; call += 1) {
      log.add(began(call));
      if (call % 10) log.add(replied(call, 1));
    }
    expect(log.entries.size).toBe(100);
    expect(log.counts).toEqual({ pending: 100, answered: 900, failed: 0, late: 0, queue: 0 });
    // A dropped entry can still end.
    log.add(replied(10, 5));
    expect(log.counts.pending).toBe(99);
    expect(requestsIn(log).filter(({ end }) => !end)).toHaveLength(10);
    expect(new LifeLog().entries.limit).toBe(MAX_ENTRIES);
  });

  test('keeps the last steps of a transport that retries forever', () => {
    const log = logOf(began(1));
    for (let count = 1; count <= 1_000; count += 1) log.add(attempt(1, count, 'sent', count));
    const [entry] = requestsIn(log);
    expect(entry?.steps).toHaveLength(50);
    expect(entry?.steps.at(-1)?.count).toBe(1_000);
  });

  test('that is copied does not change the copy', () => {
    const log = logOf(began(1), began(2));
    const copy = log.copy();
    log.add(replied(1, 5));
    log.add(event('queue.channel', 6, channel('RUNNING')));
    for (let call = 3; call < 20_000; call += 1) log.add(began(call));
    expect(requestsIn(copy).map(stateOf)).toEqual(['sent', 'sent']);
    expect(copy.counts).toMatchObject({ pending: 2, answered: 0 });
    expect(copy.channels.all).toEqual([]);
  });

  test('that is cleared keeps pending requests', () => {
    const log = logOf(began(1), began(2), replied(1, 5));
    log.clear();
    expect(requestsIn(log).map(({ call }) => call)).toEqual([2]);
    log.add(replied(2, 9));
    expect(requestsIn(log).map(stateOf)).toEqual(['answered']);
    expect(log.counts).toEqual({ pending: 0, answered: 1, failed: 0, late: 0, queue: 0 });
  });
});

const channel = (status: string, channelDefinitionId = '8701') =>
  ({
    connectionId: 'connection-1',
    channelDefinitionId,
    channelKind: 'REDIRECT',
    status,
    previous: undefined,
    source: 'event',
  }) as const;

const serverEvent = (channelDefinitionId: string | undefined, connectionId = 'connection-1') =>
  event('queue.event', 1, { type: 'LIST_ACCOUNTS', connectionId, channelDefinitionId });

describe('a channel', () => {
  test('Q3 is a lane, with each status and its start', () => {
    const log = logOf(
      event('queue.channel', 1, channel('RUNNING')),
      event('queue.channel', 2, channel('RUNNING')),
      event('queue.channel', 3, channel('CHALLENGE_REQUIRED')),
      event('queue.channel', 4, channel('RUNNING', '8700')),
    );
    expect(
      log.channels.all.map(({ channelDefinitionId, spans }) => [channelDefinitionId, spans.length]),
    ).toEqual([
      ['8701', 2],
      ['8700', 1],
    ]);
  });

  test('that only the server knows is drawn with its connection', () => {
    const log = logOf(serverEvent('8701'), event('queue.channel', 1, channel('RUNNING')));
    expect(log.channels.all.map(({ channelDefinitionId }) => channelDefinitionId)).toEqual(['8701']);
    for (const id of ['redirect1', undefined]) log.add(serverEvent(id));
    const lanes = lanesOf(log, false, START);
    expect(lanes.map(({ name }) => name)).toEqual(['8701', 'connection-1']);
    const layout = layOut(lanes);
    const entries = entriesIn(log).filter(
      (entry) => entry.kind === 'moment' && entry.event.kind === 'queue.event',
    );
    expect(entries.map((entry) => laneIndexOf(layout, entry))).toEqual([0, 1, 1]);
  });

  test('has a lane while there is space', () => {
    const log = logOf();
    for (let id = 0; id < 100; id += 1) log.add(event('queue.channel', id, channel('RUNNING', `${id}`)));
    for (let id = 0; id < 1_000; id += 1) log.add(event('queue.channel', id, channel(`S${id}`, '1')));
    expect(log.channels.all).toHaveLength(24);
    expect(log.channels.all[1]?.spans).toHaveLength(100);
  });
});

describe('the queue', () => {
  test('Q6 is extended by each poll, and unknown after it expires', () => {
    const log = logOf(event('queue.subscribed', 0, { queueId: 'q1' }));
    expect(log.queue).toMatchObject({ queueId: 'q1', polledAt: START });
    log.add(event('queue.poll', 500, { events: 0, duration: 100 }));
    expect(log.queue.polledAt).toBe(START + 400);
    log.add(event('queue.expired', 600, { queueId: 'q1' }));
    expect(log.queue).toMatchObject({ queueId: undefined, polledAt: undefined });
    log.add(event('queue.resumed', 700, { queueId: 'q2' }));
    expect(log.queue).toMatchObject({ queueId: 'q2', polledAt: undefined });
  });

  test('Q5 has the age of its last poll', () => {
    const queue = { status: 'polling', queueId: 'q' } as const;
    expect(queueAge({ ...queue, polledAt: START }, START + 5_000)).toBe(5_000);
    expect(queueAge({ ...queue, polledAt: undefined }, START)).toBeUndefined();
  });
});
