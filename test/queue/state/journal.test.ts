import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SCHEDULE } from '../../../src/queue/pace/schedule.ts';
import type { QueueEvent } from '../../../src/queue/server/events.ts';
import { ServerClock } from '../../../src/queue/server/server-clock.ts';
import { Journal } from '../../../src/queue/state/journal.ts';
import { both, channelEvent, eventOf, listed } from '../fixtures/connection-events.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

const NOW = Date.UTC(2026, 0, 5, 9) / 1_000;
let time: VirtualTime;
let clock: ServerClock;
let journal: Journal;
let delivered: string[];
let told: string[];
let isOver: boolean;

beforeEach(() => {
  time = new VirtualTime(NOW * 1_000);
  time.install();
  clock = new ServerClock();
  delivered = [];
  told = [];
  isOver = false;
  const reader = {
    tell: (type: string) => void told.push(type),
    deliver: ({ id }: QueueEvent) => void delivered.push(id),
    moved: () => {},
    isOver: () => isOver,
  };
  journal = new Journal(reader, clock, () => undefined);
});

afterEach(() => time.uninstall());

function poll(...events: QueueEvent[]): void {
  pollBy(clock.isSure, ...events);
}

function pollBy(isSure: boolean, ...events: QueueEvent[]): void {
  journal.take({ kind: 'poll', queueId: 'q', events, at: clock.now(), isSure, duration: 0 });
}

function reading(from: number, to: number, channels = both): void {
  journal.take({ kind: 'reading', connectionId: 'c1', connection: { id: 'c1', channels }, from, to });
}

function numbered(from: number, to: number): QueueEvent[] {
  return Array.from({ length: to - from }, (_, index) => ({ id: `${from + index}`, event_type: 'X' }));
}

function toRead(isClose = true): string[] {
  return journal.connections.toRead(isClose, DEFAULT_SCHEDULE).map(({ id }) => id);
}

/** An event that was made so many seconds after the test began. */
function at(seconds: number, event: QueueEvent): QueueEvent {
  return { ...event, creation_date: NOW + seconds };
}

describe('Q2 each event once', () => {
  it('within an answer and across answers, in the order of the server', () => {
    const [one, two, three] = numbered(1, 4) as [QueueEvent, QueueEvent, QueueEvent];
    poll(two, one, two);
    poll(two, one, three, { ...one, event_type: 'OTHER' });
    expect(delivered).toEqual(['2', '1', '3']);
  });

  it('remembered by the last 1,000 at least', () => {
    for (let from = 0; from < 1_000; from += 10) poll(...numbered(from, from + 10));
    poll(...numbered(0, 1));
    expect(delivered).toHaveLength(1_000);
  });

  it('a queue whose reads take nothing away gives the same ones again and again: the memory is refreshed on sight', () => {
    const kept = numbered(0, 800);
    for (let times = 0; times < 20; times += 1)
      poll(...kept, ...numbered(10_000 + times * 100, 10_100 + times * 100));
    expect(delivered).toHaveLength(800 + 2_000);
    expect(new Set(delivered).size).toBe(delivered.length);
  });

  it('twice the largest answer is remembered, however large', () => {
    poll(...numbered(0, 20_000));
    poll(...numbered(20_000, 39_999));
    poll(...numbered(0, 100));
    expect(delivered).toHaveLength(39_999);
  });

  it('the memory is bounded: what was long ago comes again', () => {
    for (let from = 0; from < 10_000; from += 1_000) poll(...numbered(from, from + 1_000));
    poll(...numbered(0, 1));
    expect(delivered).toHaveLength(10_001);
  });

  it('what comes after the end is not delivered, and known to be cut off', () => {
    const reader = { tell: () => {}, moved: () => {}, isOver: () => isOver };
    const cut = new Journal(
      {
        ...reader,
        deliver: ({ id }) => {
          delivered.push(id);
          isOver = true;
        },
      },
      clock,
      () => undefined,
    );
    cut.take({ kind: 'poll', queueId: 'q', events: numbered(1, 3), at: NOW, isSure: true, duration: 0 });
    expect(delivered).toEqual(['1']);
    expect(cut.wasCut).toBe(true);
  });
});

describe('Q4 events and readings', () => {
  const failed = channelEvent('AUTH_FAILED', '8700', { channels: both });
  const status = (): string | undefined => journal.connections.states.get('c1')?.channels.get('8700')?.status;

  it('an event that is older than the reading is delivered, and changes nothing; clocks that agree leave no doubt', () => {
    clock.hear(new Headers({ date: new Date(NOW * 1_000).toUTCString() }));
    reading(NOW + 10, NOW + 12);
    poll(at(9, failed));
    expect(delivered).toHaveLength(1);
    expect(status()).toBe('RUNNING');
    expect(toRead()).toEqual([]);
  });

  it('by clocks that may differ, it leaves the connection in doubt', () => {
    reading(NOW + 10, NOW + 12);
    poll(at(9, failed));
    expect(status()).toBe('RUNNING');
    expect(toRead()).toEqual(['c1']);
  });

  it('Q9 it is the clock of the tab that polls which counts: one that follows never hears the server’s', () => {
    reading(NOW + 10, NOW + 12);
    pollBy(true, at(9, failed));
    expect(toRead()).toEqual([]);
  });

  it.each([10, 11, 12])('one of the time of the reading (%i s) counts, and is looked at', (seconds) => {
    reading(NOW + 10, NOW + 12);
    poll(at(seconds, failed));
    expect(status()).toBe('AUTH_FAILED');
    expect(toRead()).toEqual(['c1']);
  });

  it('a later one counts, without a doubt', () => {
    reading(NOW + 10, NOW + 12);
    poll(at(13, failed));
    expect(status()).toBe('AUTH_FAILED');
    expect(toRead()).toEqual([]);
  });

  it('one that is older than another event comes late: it changes nothing, and the connection is read', () => {
    poll(at(20, eventOf('LIST_ACCOUNTS', { channels: listed({ 8700: 'SUCCESS' }) })));
    poll(at(20, eventOf('LIST_ACCOUNTS', { channels: listed({ 8700: 'SUCCESS' }) })));
    expect(toRead()).toEqual([]);
    poll(at(19, failed));
    expect(status()).toBe('SUCCESS');
    expect(toRead()).toEqual(['c1']);
  });

  it('an event whose meaning is lost on the state leaves it in doubt: a foreign channel, an action of none', () => {
    reading(NOW, NOW);
    poll(at(1, channelEvent('SYNC_ALL_SUCCESS', 'redirect1')));
    expect(toRead()).toEqual(['c1']);
    reading(NOW + 2, NOW + 2);
    expect(toRead()).toEqual([]);
    poll(at(3, eventOf('USER_ACTION_REQUIRED')));
    expect(toRead()).toEqual(['c1']);
  });

  it('a gap puts all in doubt; a reading takes it away', () => {
    reading(NOW, NOW);
    journal.take({ kind: 'gap', reason: 'network', since: NOW });
    expect(toRead()).toEqual(['c1']);
    reading(NOW + 1, NOW + 1);
    expect(toRead()).toEqual([]);
  });

  it('one that the server does not know any more is closed; one that it never knew is nothing', () => {
    reading(NOW, NOW);
    const gone = { kind: 'reading', connection: undefined, from: NOW + 1, to: NOW + 1 } as const;
    journal.take({ ...gone, connectionId: 'c1' });
    journal.take({ ...gone, connectionId: 'c2' });
    expect(journal.connections.states.get('c1')?.status).toBe('CLOSED');
    expect(journal.connections.states.has('c2')).toBe(false);
    expect(toRead()).toEqual([]);
  });
});

describe('Q4 when connections are read', () => {
  it('tracked: at once; known by then: not again', () => {
    journal.take({ kind: 'track', connectionId: 'c1' });
    expect(toRead(false)).toEqual(['c1']);
    reading(NOW, NOW);
    journal.take({ kind: 'track', connectionId: 'c1' });
    expect(toRead(false)).toEqual([]);
  });

  it('while it synchronises and is watched: every half minute; else within the hour', async () => {
    reading(NOW, NOW);
    await time.pass(29_999);
    expect(toRead(true)).toEqual([]);
    await time.pass(1);
    expect(toRead(true)).toEqual(['c1']);
    expect(toRead(false)).toEqual([]);
    await time.pass(3_570_000);
    expect(toRead(false)).toEqual(['c1']);
  });

  it('once it is quiet after a change by events: a loss at the end shows', async () => {
    reading(NOW, NOW, listed({ 8700: 'RUNNING' }));
    poll(at(1, channelEvent('SYNC_ALL_SUCCESS', '8700')));
    await time.pass(14_999);
    expect(toRead(false)).toEqual([]);
    await time.pass(1);
    expect(toRead(false)).toEqual(['c1']);
    reading(NOW + 15, NOW + 15, listed({ 8700: 'SUCCESS' }));
    await time.pass(15_000);
    expect(toRead(false)).toEqual([]);
  });
});

describe('what is told', () => {
  it('a change: of each channel, then of the connection, after the event; what changes nothing: none', () => {
    poll(at(1, eventOf('SYNC_ALL_STARTED', { channels: both })));
    expect(told).toEqual(['channel', 'channel', 'connection', 'poll']);
    told.length = 0;
    poll(at(2, eventOf('LIST_ACCOUNTS', { channels: both })));
    expect(told).toEqual(['poll']);
  });

  it('another tab takes over what this one knows, and is told of what is new to it alone', () => {
    journal.take({ kind: 'queue', queueId: 'q', isNew: true });
    poll(at(1, eventOf('SYNC_ALL_STARTED', { channels: both })));
    const heard: string[] = [];
    const tab = new Journal(
      { tell: (type) => void heard.push(type), deliver: () => {}, moved: () => {}, isOver: () => false },
      clock,
      () => undefined,
    );
    const shared = structuredClone(journal.share());
    tab.adopt(shared);
    expect([tab.queueId, tab.connections.states]).toEqual(['q', journal.connections.states]);
    expect(heard).toEqual(['resumed', 'channel', 'channel', 'connection']);
    tab.adopt(structuredClone(shared));
    expect(heard.slice(4)).toEqual([]);
  });

  it('forgotten: the queue, the connections and the ids', () => {
    journal.take({ kind: 'queue', queueId: 'q', isNew: true });
    poll(at(1, eventOf('SYNC_ALL_STARTED', { channels: both })));
    const before = journal.connections.changes;
    journal.forget();
    const { states, ids, isSyncing } = journal.connections;
    expect([journal.queueId, states.size, ids, isSyncing]).toEqual([undefined, 0, [], false]);
    expect(journal.connections.changes).not.toBe(before);
  });

  it('S4 a queue is gone for the tab that has it alone: one that wakes late tells of the queue before', () => {
    journal.take({ kind: 'queue', queueId: 'q2', isNew: true });
    journal.take({ kind: 'expired', queueId: 'q1' });
    expect(journal.queueId).toBe('q2');
    journal.take({ kind: 'expired', queueId: 'q2' });
    expect(journal.queueId).toBeUndefined();
    expect(told).toEqual(['subscribed', 'expired', 'expired']);
  });
});
