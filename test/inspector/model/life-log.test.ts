import { describe, expect, test } from 'vitest';
import { stateOf } from '../../../src/inspector/model/entry.ts';
import { lanesOf } from '../../../src/inspector/model/lanes.ts';
import { LifeLog, MOST_ENTRIES } from '../../../src/inspector/model/life-log.ts';
import { phasesOf } from '../../../src/inspector/model/phases.ts';
import { laneIndexOf, layOut } from '../../../src/inspector/view/picture-layout.ts';
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

  test('has stretches, one after the other', () => {
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

  test('that was refused leaves the pending one with its id alone, which gets the late reply', () => {
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

  test('that was never begun, or a stray reply, is told on its own', () => {
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

  test('shares no line of its lane with another that is pending, up to six', () => {
    const log = logOf(
      ...[1, 2, 3].map((call) => began(call)),
      replied(2, 5),
      began(4, 6),
      ...[5, 6, 7, 8].map((call) => began(call, 7)),
    );
    expect(requestsIn(log).map(({ slot }) => slot)).toEqual([0, 1, 2, 1, 3, 4, 5, 5]);
  });
});

describe('a log', () => {
  test('is bounded, and so is all that leads into it', () => {
    const log = new LifeLog(100);
    for (let call = 1; call <= 1_000; call += 1) {
      log.take(began(call));
      if (call % 10) log.take(replied(call, 1));
    }
    expect(log.entries.size).toBe(100);
    expect(log.counts).toEqual({ pending: 100, answered: 900, failed: 0, late: 0, queue: 0 });
    // One that has been forgotten ends without a trace.
    log.take(replied(10, 5));
    expect(log.counts.pending).toBe(99);
    expect(requestsIn(log).filter(({ end }) => !end)).toHaveLength(10);
    expect(new LifeLog().entries.limit).toBe(MOST_ENTRIES);
  });

  test('keeps the last steps of a transport that tries for ever', () => {
    const log = logOf(began(1));
    for (let count = 1; count <= 1_000; count += 1) log.take(attempt(1, count, 'sent', count));
    const [entry] = requestsIn(log);
    expect(entry?.steps).toHaveLength(50);
    expect(entry?.steps.at(-1)?.count).toBe(1_000);
  });

  test('that is copied stays as it was', () => {
    const log = logOf(began(1), began(2));
    const copy = log.copy();
    log.take(replied(1, 5));
    log.take(event('queue.channel', 6, channel('RUNNING')));
    for (let call = 3; call < 20_000; call += 1) log.take(began(call));
    expect(requestsIn(copy).map(stateOf)).toEqual(['sent', 'sent']);
    expect(copy.counts).toMatchObject({ pending: 2, answered: 0 });
    expect(copy.channels.all).toEqual([]);
  });

  test('that is cleared keeps what is pending', () => {
    const log = logOf(began(1), began(2), replied(1, 5));
    log.clear();
    expect(requestsIn(log).map(({ call }) => call)).toEqual([2]);
    log.take(replied(2, 9));
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

const told = (channelDefinitionId: string | undefined, connectionId = 'connection-1') =>
  event('queue.event', 1, { type: 'LIST_ACCOUNTS', connectionId, channelDefinitionId });

describe('a channel', () => {
  test('Q3 is a lane, with each status and since when', () => {
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

  test('that the server alone knows is drawn with its connection', () => {
    const log = logOf(told('8701'), event('queue.channel', 1, channel('RUNNING')));
    expect(log.channels.all.map(({ channelDefinitionId }) => channelDefinitionId)).toEqual(['8701']);
    for (const id of ['redirect1', undefined]) log.take(told(id));
    const lanes = lanesOf(log, false);
    expect(lanes.map(({ name }) => name)).toEqual(['8701', 'connection-1']);
    const layout = layOut(lanes);
    const entries = entriesIn(log).filter(
      (entry) => entry.kind === 'moment' && entry.event.kind === 'queue.event',
    );
    expect(entries.map((entry) => laneIndexOf(layout, entry))).toEqual([0, 1, 1]);
  });

  test('has a lane as long as there is room', () => {
    const log = logOf();
    for (let id = 0; id < 100; id += 1) log.take(event('queue.channel', id, channel('RUNNING', `${id}`)));
    for (let id = 0; id < 1_000; id += 1) log.take(event('queue.channel', id, channel(`S${id}`, '1')));
    expect(log.channels.all).toHaveLength(24);
    expect(log.channels.all[1]?.spans).toHaveLength(100);
  });
});

describe('the queue', () => {
  test('Q6 is asked with each poll, and forgotten when it is gone', () => {
    const log = logOf(event('queue.subscribed', 0, { queueId: 'q1' }));
    expect(log.queue).toMatchObject({ queueId: 'q1', askedAt: START });
    log.take(event('queue.poll', 500, { events: 0, duration: 100 }));
    expect(log.queue.askedAt).toBe(START + 400);
    log.take(event('queue.expired', 600, { queueId: 'q1' }));
    expect(log.queue).toMatchObject({ queueId: undefined, askedAt: undefined });
    log.take(event('queue.resumed', 700, { queueId: 'q2' }));
    expect(log.queue).toMatchObject({ queueId: 'q2', askedAt: undefined });
  });
});
