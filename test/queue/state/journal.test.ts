import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BanksideError } from '../../../src/errors.ts';
import { DEFAULT_SCHEDULE } from '../../../src/queue/pace/schedule.ts';
import type { QueueEvent } from '../../../src/queue/server/events.ts';
import { ServerClock } from '../../../src/queue/server/server-clock.ts';
import { Journal, type JournalListener } from '../../../src/queue/state/journal.ts';
import { both, channelEvent, eventOf, listed } from '../fixtures/connection-events.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

const NO_LISTENER: JournalListener = {
  emit: () => {},
  deliver: () => {},
  delivered: () => {},
  changed: () => {},
  waitsForUser: () => {},
  isOver: () => false,
};
const NOW = Date.UTC(2026, 0, 5, 9) / 1_000;
let time: VirtualTime;
let clock: ServerClock;
let journal: Journal;
let delivered: string[];
let emitted: string[];
let isOver: boolean;

beforeEach(() => {
  time = new VirtualTime(NOW * 1_000);
  time.install();
  clock = new ServerClock();
  delivered = [];
  emitted = [];
  isOver = false;
  const listener = {
    ...NO_LISTENER,
    emit: (type: string) => void emitted.push(type),
    deliver: ({ id }: QueueEvent) => void delivered.push(id),
    isOver: () => isOver,
  };
  journal = new Journal(listener, clock, () => undefined);
});

afterEach(() => time.uninstall());

function poll(...events: QueueEvent[]): void {
  pollOf('q', ...events);
}

function pollOf(queueId: string, ...events: QueueEvent[]): void {
  journal.apply({ kind: 'poll', queueId, events, at: clock.now(), duration: 0 });
}

function reading(from: number, to: number, channels = both): void {
  journal.apply({ kind: 'reading', connectionId: 'c1', connection: { id: 'c1', channels }, from, to });
}

function numbered(from: number, to: number): QueueEvent[] {
  return Array.from({ length: to - from }, (_, index) => ({ id: `${from + index}`, event_type: 'X' }));
}

function toRead(isClose = true): string[] {
  return journal.chooseReads(isClose, DEFAULT_SCHEDULE).map(({ id }) => id);
}

/** The event with a date so many seconds after the start of the test. */
function at(seconds: number, event: QueueEvent): QueueEvent {
  return { ...event, creation_date: NOW + seconds };
}

describe('Q2 each event is delivered once', () => {
  it('within an answer and across answers, in the order of the server', () => {
    const [one, two, three] = numbered(1, 4) as [QueueEvent, QueueEvent, QueueEvent];
    poll(two, one, two);
    poll(two, one, three, { ...one, event_type: 'OTHER' });
    expect(delivered).toEqual(['2', '1', '3']);
  });

  it('at least the last 1,000 are remembered', () => {
    for (let from = 0; from < 1_000; from += 10) poll(...numbered(from, from + 10));
    poll(...numbered(0, 1));
    expect(delivered).toHaveLength(1_000);
  });

  it('an event of another queue with the same id is another event', () => {
    pollOf('q1', ...numbered(0, 2));
    pollOf('q2', ...numbered(0, 2));
    pollOf('q2', ...numbered(0, 2));
    pollOf('q1', ...numbered(0, 2)); // a late answer, of another tab
    expect(delivered).toEqual(['0', '1', '0', '1']);
  });

  it('Q9 a tab that was away during another queue has missed its events, although the ids are the same', () => {
    journal.apply({ kind: 'queue', queueId: 'q1', isNew: true });
    pollOf('q1', ...numbered(0, 1));
    const state = { ...journal.share(), queueId: 'q2', lastEvent: 'q2 0' };
    emitted.length = 0;
    journal.apply({ kind: 'adopted', state });
    expect(emitted).toEqual(['gap', 'resumed', 'reconciled']);
  });

  it('events that a queue returns with each read stay in the memory', () => {
    const kept = numbered(0, 800);
    for (let times = 0; times < 20; times += 1)
      poll(...kept, ...numbered(10_000 + times * 100, 10_100 + times * 100));
    expect(delivered).toHaveLength(800 + 2_000);
    expect(new Set(delivered).size).toBe(delivered.length);
  });

  it('twice the largest answer is remembered, whatever its size', () => {
    poll(...numbered(0, 20_000));
    poll(...numbered(20_000, 39_999));
    poll(...numbered(0, 100));
    expect(delivered).toHaveLength(39_999);
  });

  it('the memory is bounded: a very old event is delivered again', () => {
    for (let from = 0; from < 10_000; from += 1_000) poll(...numbered(from, from + 1_000));
    poll(...numbered(0, 1));
    expect(delivered).toHaveLength(10_001);
  });

  it('events after the end are not delivered, and the queue is marked as cut', () => {
    const cut = new Journal(
      {
        ...NO_LISTENER,
        isOver: () => isOver,
        deliver: ({ id }) => {
          delivered.push(id);
          isOver = true;
        },
      },
      clock,
      () => undefined,
    );
    cut.apply({ kind: 'poll', queueId: 'q', events: numbered(1, 3), at: NOW, duration: 0 });
    expect(delivered).toEqual(['1']);
    expect(cut.queue.wasCut).toBe(true);
  });
});

describe('Q4 events and readings', () => {
  const failed = channelEvent('AUTH_FAILED', '8700', { channels: both });
  const status = (): string | undefined => journal.connections.states.get('c1')?.channels.get('8700')?.status;

  it.each([9, 7.5, -3_600])(
    'an event that is older than the reading (%d s) is delivered and changes nothing, and the connection is read again: the clocks may differ',
    (seconds) => {
      clock.readDate(new Headers({ date: new Date(NOW * 1_000).toUTCString() }));
      reading(NOW + 10, NOW + 12);
      poll(at(seconds, failed));
      expect(delivered).toHaveLength(1);
      expect(status()).toBe('RUNNING');
      expect(toRead()).toEqual(['c1']);
    },
  );

  it('an event that is dated later than its answer shows that the clocks differ: it counts, and the connection is read again', () => {
    reading(NOW - 20, NOW - 19);
    poll(at(0, eventOf('LIST_ACCOUNTS', { channels: both })));
    expect(toRead()).toEqual([]);
    poll(at(2, failed));
    expect(status()).toBe('AUTH_FAILED');
    expect(toRead()).toEqual(['c1']);
  });

  it.each([10, 11, 12])(
    'an event from during the reading (%i s) counts, and the connection is read again',
    (seconds) => {
      reading(NOW + 10, NOW + 12);
      poll(at(seconds, failed));
      expect(status()).toBe('AUTH_FAILED');
      expect(toRead()).toEqual(['c1']);
    },
  );

  it('a later event counts, without doubt', () => {
    reading(NOW - 12, NOW - 10);
    poll(at(-9, failed));
    expect(status()).toBe('AUTH_FAILED');
    expect(toRead()).toEqual([]);
  });

  it('an event that is older than another event changes nothing, and the connection is read', () => {
    poll(at(20, eventOf('LIST_ACCOUNTS', { channels: listed({ 8700: 'SUCCESS' }) })));
    poll(at(20, eventOf('LIST_ACCOUNTS', { channels: listed({ 8700: 'SUCCESS' }) })));
    expect(toRead()).toEqual([]);
    poll(at(19, failed));
    expect(status()).toBe('SUCCESS');
    expect(toRead()).toEqual(['c1']);
  });

  it('an event with an unknown channel, or an action without a channel, makes the connection doubtful', () => {
    reading(NOW, NOW);
    poll(at(1, channelEvent('SYNC_ALL_SUCCESS', 'redirect1')));
    expect(toRead()).toEqual(['c1']);
    reading(NOW + 2, NOW + 2);
    expect(toRead()).toEqual([]);
    poll(at(3, eventOf('USER_ACTION_REQUIRED')));
    expect(toRead()).toEqual(['c1']);
  });

  it('a gap makes all connections doubtful, and a reading ends the doubt', () => {
    reading(NOW, NOW);
    journal.apply({ kind: 'gap', reason: 'network', since: NOW });
    expect(toRead()).toEqual(['c1']);
    reading(NOW + 1, NOW + 1);
    expect(toRead()).toEqual([]);
  });

  it('a connection that the server does not know any more is closed; one that it never knew stays unknown', () => {
    reading(NOW, NOW);
    const gone = { kind: 'reading', connection: undefined, from: NOW + 1, to: NOW + 1 } as const;
    journal.apply({ ...gone, connectionId: 'c1' });
    journal.apply({ ...gone, connectionId: 'c2' });
    expect(journal.connections.states.get('c1')?.status).toBe('CLOSED');
    expect(journal.connections.states.has('c2')).toBe(false);
    expect(toRead()).toEqual([]);
  });
});

describe('Q4 a connection is read', () => {
  it('at once when it is tracked, unless it is known', () => {
    journal.apply({ kind: 'track', connectionId: 'c1' });
    expect(toRead(false)).toEqual(['c1']);
    reading(NOW, NOW);
    journal.apply({ kind: 'track', connectionId: 'c1' });
    expect(toRead(false)).toEqual([]);
  });

  it('every half minute while it synchronises and is polled closely, else once an hour', async () => {
    reading(NOW, NOW);
    await time.pass(29_999);
    expect(toRead(true)).toEqual([]);
    await time.pass(1);
    expect(toRead(true)).toEqual(['c1']);
    expect(toRead(false)).toEqual([]);
    await time.pass(3_570_000);
    expect(toRead(false)).toEqual(['c1']);
  });

  it('some time after the last event that changed it, to find a lost end', async () => {
    reading(NOW - 2, NOW - 1, listed({ 8700: 'RUNNING' }));
    poll(at(0, channelEvent('SYNC_ALL_SUCCESS', '8700')));
    await time.pass(14_999);
    expect(toRead(false)).toEqual([]);
    await time.pass(1);
    expect(toRead(false)).toEqual(['c1']);
    reading(NOW + 15, NOW + 15, listed({ 8700: 'SUCCESS' }));
    await time.pass(15_000);
    expect(toRead(false)).toEqual([]);
  });
});

describe('Q4 a doubt is part of the state', () => {
  const running = (): void => reading(NOW - 5, NOW - 5);
  const doubt = (): boolean | undefined => journal.connections.states.get('c1')?.isDoubtful;

  it('from a gap until the connection is read, and is emitted as a change', () => {
    running();
    const before = journal.connections.states.get('c1');
    emitted.length = 0;
    journal.apply({ kind: 'gap', reason: 'network', since: NOW });
    expect([doubt(), emitted]).toEqual([true, ['gap', 'connection']]);
    expect(journal.connections.states.get('c1')).toEqual({ ...before, isDoubtful: true });
    journal.apply({ kind: 'gap', reason: 'expired', since: NOW });
    expect(emitted).toEqual(['gap', 'connection', 'gap']);
    running();
    expect([doubt(), emitted.slice(3)]).toEqual([false, ['connection']]);
  });

  it('an event does not end it, since others may be lost', () => {
    running();
    journal.apply({ kind: 'gap', reason: 'network', since: NOW });
    poll(at(0, channelEvent('AUTH_FAILED', '8700')));
    expect(journal.connections.states.get('c1')).toMatchObject({ isDoubtful: true, syncing: true });
  });

  it.each([
    ['an event that came late', at(-9, channelEvent('AUTH_FAILED', '8700'))],
    ['an event of an unknown channel', at(0, channelEvent('AUTH_FAILED', 'redirect1'))],
  ])('after %s', (_which, event) => {
    running();
    poll(event);
    expect(doubt()).toBe(true);
  });

  it('Q9 another tab adopts it', () => {
    running();
    journal.apply({ kind: 'doubt', connectionId: 'c1' });
    const tab = new Journal(NO_LISTENER, clock, () => undefined);
    tab.apply({ kind: 'adopted', state: structuredClone(journal.share()) });
    expect(tab.connections.states.get('c1')?.isDoubtful).toBe(true);
  });
});

describe('Q7 a failed poll', () => {
  it('is known until a poll succeeds, whatever else happens', () => {
    const error = new BanksideError('NETWORK', 'No network', {
      requestId: 'q',
      server: 'queue',
      type: 'poll',
      elapsed: 1,
    });
    journal.apply({ kind: 'failed', error, retryIn: 2_000, isHeld: false });
    expect(journal.queue.failure?.error).toBe(error);
    expect(emitted).toEqual(['failure']);
    reading(NOW, NOW);
    journal.apply({ kind: 'queue', queueId: 'q', isNew: true });
    expect(journal.queue.failure?.error).toBe(error);
    poll();
    expect(journal.queue.failure).toBeUndefined();
    journal.apply({ kind: 'failed', error, retryIn: 2_000, isHeld: false });
    journal.apply({ kind: 'forgotten' });
    expect(journal.queue.failure).toBeUndefined();
  });
});

describe('Q9 another tab adopts', () => {
  const error = new BanksideError('NETWORK', 'No network', {
    requestId: 'q',
    server: 'queue',
    type: 'poll',
    elapsed: 1,
  });

  it('why the last poll failed, and that none does', async () => {
    const tab = new Journal(NO_LISTENER, clock, () => undefined);
    journal.apply({ kind: 'failed', error, retryIn: 60_000, isHeld: true });
    await time.pass(20_000);
    expect(journal.share().failure).toEqual({ error, retryIn: 40_000, isHeld: true });
    tab.apply({ kind: 'adopted', state: journal.share() });
    expect(tab.queue.failure).toMatchObject({ error, isHeld: true });
    poll();
    tab.apply({ kind: 'adopted', state: journal.share() });
    expect(tab.queue.failure).toBeUndefined();
  });

  it('that a connection could not be read there, and keeps what it knows, in doubt', () => {
    reading(NOW - 5, NOW - 5);
    const other = new Journal(NO_LISTENER, clock, () => undefined);
    other.apply({ kind: 'track', connectionId: 'c1' });
    journal.apply({ kind: 'adopted', state: other.share() });
    expect(journal.connections.states.get('c1')).toMatchObject({ isDoubtful: true, status: 'RUNNING' });
    const [shared] = journal.share().connections;
    expect(shared?.isDoubtful).toBe(shared?.state?.isDoubtful);
  });
});

describe('Q8 after a handler has stopped the poller', () => {
  it('no more connections come into doubt', () => {
    for (const id of ['c1', 'c2', 'c3'])
      journal.apply({
        kind: 'reading',
        connectionId: id,
        connection: { id, channels: both },
        from: 1,
        to: 1,
      });
    const doubted: string[] = [];
    const stopping = new Journal(
      {
        ...NO_LISTENER,
        isOver: () => isOver,
        emit: (type, event) => {
          if (type !== 'connection') return;
          doubted.push((event as { connection: { id: string } }).connection.id);
          isOver = true;
        },
      },
      clock,
      () => undefined,
    );
    stopping.apply({ kind: 'adopted', state: journal.share() });
    isOver = false;
    doubted.length = 0;
    stopping.apply({ kind: 'gap', reason: 'network', since: NOW });
    expect(doubted).toEqual(['c1']);
    expect([...stopping.connections.states.values()].map(({ isDoubtful }) => isDoubtful)).toContain(true);
  });
});

describe('Q3 what a connection says of itself', () => {
  const failed = { status: 'FAILED' as const };

  it('while a channel runs is of the time before, and proves nothing at the end', () => {
    poll(at(-9, eventOf('SYNC_ALL_STARTED', { ...failed, channels: both })));
    const one = listed({ 8700: 'SUCCESS', 8701: 'RUNNING' });
    poll(at(-8, channelEvent('SYNC_ALL_SUCCESS', '8700', { ...failed, channels: one })));
    const two = listed({ 8700: 'SUCCESS', 8701: 'SUCCESS' });
    poll(at(-7, channelEvent('SYNC_ALL_SUCCESS', '8701', { ...failed, channels: two })));
    expect(journal.connections.states.get('c1')).toMatchObject({ status: 'SUCCESS', isDoubtful: false });
  });

  it('first at the end counts', () => {
    poll(at(-9, eventOf('SYNC_ALL_STARTED', { status: 'SUCCESS', channels: both })));
    const two = listed({ 8700: 'SUCCESS', 8701: 'SUCCESS' });
    poll(at(-7, eventOf('SYNC_ALL_SUCCESS', { ...failed, channels: two })));
    expect(journal.connections.states.get('c1')?.status).toBe('FAILED');
  });

  it('Q9 a tab that joins in between comes to the same', () => {
    poll(at(-9, eventOf('SYNC_ALL_STARTED', { ...failed, channels: both })));
    const tab = new Journal(NO_LISTENER, clock, () => undefined);
    tab.apply({ kind: 'adopted', state: structuredClone(journal.share()) });
    const end = at(-7, eventOf('SYNC_ALL_SUCCESS', failed));
    tab.apply({ kind: 'poll', queueId: 'q', events: [end], at: NOW, duration: 0 });
    poll(end);
    expect(tab.connections.states).toEqual(journal.connections.states);
    expect(tab.connections.states.get('c1')?.status).toBe('SUCCESS');
  });
});

describe('Q3 a challenge that a reading has shown already', () => {
  it('is the same action: the user is not asked twice', () => {
    const asked = listed({ 8700: 'CHALLENGE_REQUIRED', 8701: 'SUCCESS' });
    reading(NOW - 20, NOW - 18, asked);
    const { action } = journal.connections.states.get('c1') ?? {};
    poll(at(-19, channelEvent('CHALLENGE_REQUIRED', '8700', { channels: asked })));
    expect(journal.connections.states.get('c1')?.action).toEqual(action);
    poll(at(-3, channelEvent('CHALLENGE_REQUIRED', '8700', { channels: asked })));
    expect(journal.connections.states.get('c1')?.action?.since).toBe(NOW - 3);
  });
});

describe('emits', () => {
  it('a change of each channel, then of the connection, after the event; and nothing without a change', () => {
    poll(at(1, eventOf('SYNC_ALL_STARTED', { channels: both })));
    expect(emitted).toEqual(['channel', 'channel', 'connection', 'poll']);
    emitted.length = 0;
    poll(at(2, eventOf('LIST_ACCOUNTS', { channels: both })));
    expect(emitted).toEqual(['poll']);
  });

  it('what is new after it adopts the state of another tab', () => {
    journal.apply({ kind: 'queue', queueId: 'q', isNew: true });
    poll(at(1, eventOf('SYNC_ALL_STARTED', { channels: both })));
    const news: string[] = [];
    const tab = new Journal({ ...NO_LISTENER, emit: (type) => void news.push(type) }, clock, () => undefined);
    const shared = structuredClone(journal.share());
    tab.apply({ kind: 'adopted', state: shared });
    expect([tab.queue.queueId, tab.connections.states]).toEqual(['q', journal.connections.states]);
    expect(news).toEqual(['resumed', 'channel', 'channel', 'connection']);
    tab.apply({ kind: 'adopted', state: structuredClone(shared) });
    expect(news.slice(4)).toEqual([]);
  });

  it('nothing after it has forgotten queue and connections', () => {
    journal.apply({ kind: 'queue', queueId: 'q', isNew: true });
    poll(at(1, eventOf('SYNC_ALL_STARTED', { channels: both })));
    const before = journal.connections.changes;
    journal.apply({ kind: 'forgotten' });
    const { states, ids, isSyncing } = journal.connections;
    expect([journal.queue.queueId, states.size, ids, isSyncing]).toEqual([undefined, 0, [], false]);
    expect(journal.connections.changes).not.toBe(before);
  });

  it('S4 expired of a late tab, and keeps its own, newer queue', () => {
    journal.apply({ kind: 'queue', queueId: 'q2', isNew: true });
    journal.apply({ kind: 'expired', queueId: 'q1' });
    expect(journal.queue.queueId).toBe('q2');
    journal.apply({ kind: 'expired', queueId: 'q2' });
    expect(journal.queue.queueId).toBeUndefined();
    expect(emitted).toEqual(['subscribed', 'expired', 'expired']);
  });
});
