import { describe, expect, it } from 'vitest';
import { readTabMessage } from '../../../src/queue/tabs/tab-messages.ts';

const LONG_ID = 'i'.repeat(2_049);
const LONG_TEXT = 't'.repeat(10_001);

const action = { type: 'CHALLENGE_REQUIRED', channelDefinitionId: '8700', since: 1 };
const channel = {
  id: '8700',
  kind: 'REDIRECT',
  status: 'CHALLENGE_REQUIRED',
  action,
  expiresAt: 4,
  lastSuccessAt: 3,
  lastEndAt: undefined,
};
const connectionState = {
  id: 'c1',
  providerId: 'p1',
  name: 'Bank\nof two lines',
  status: 'FAILED',
  syncing: false,
  channels: new Map([['8700', channel]]),
  action,
  updatedAt: 2,
};
const shared = { id: 'c1', state: connectionState, isDoubtful: false, from: -Infinity, to: 5 };
const state = {
  queueId: 'q1',
  isProven: true,
  soundAt: 1,
  lastEvent: 'e1',
  askedAgo: 1.5,
  connections: [shared],
};
const event = {
  id: 'e1',
  event_type: 'SYNC_ALL_STARTED',
  creation_date: 1,
  resource: { id: 'c1', channels: [{ channel_definition_id: '8700', status: 'RUNNING' }] },
  more: { of: ['the', 'server'] },
};
const poll = { kind: 'poll', queueId: 'q1', events: [event], at: 1, isSure: true, duration: 1 };
const reading = { kind: 'reading', connectionId: 'c1', connection: { id: 'c1' }, from: 1, to: 2 };

/** As it comes from another tab. */
function read(message: object): unknown {
  return readTabMessage(structuredClone(message));
}

function finding(one: object): object {
  return { kind: 'finding', finding: one };
}

function stateWith(more: object): object {
  return { kind: 'state', state: { ...state, ...more }, isFirst: false };
}

function knownWith(more: object): object {
  return stateWith({ connections: [{ ...shared, ...more }] });
}

function connectionWith(more: object): object {
  return knownWith({ state: { ...connectionState, ...more } });
}

function channelWith(more: object): object {
  return connectionWith({ channels: new Map([['8700', { ...channel, ...more }]]) });
}

function actionWith(more: object): object {
  return channelWith({ action: { ...action, ...more } });
}

function channelsOf(ids: readonly string[]): object {
  return { channels: new Map(ids.map((id) => [id, { ...channel, id }])) };
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `${number}`);
}

function circle(): object {
  const made: Record<string, unknown> = { ...event };
  made['more'] = made;
  return made;
}

describe('S4 a message between tabs that fits is taken', () => {
  it.each([
    ['a new queue', finding({ kind: 'queue', queueId: 'q1', isNew: true })],
    ['a queue that is gone', finding({ kind: 'expired', queueId: 'q1' })],
    ['events', finding(poll)],
    ['each reason of a gap', finding({ kind: 'gap', reason: 'overflow', since: 1 })],
    ['a connection to follow', finding({ kind: 'track', connectionId: 'c1' })],
    ['a connection that was read', finding(reading)],
    ['a connection that nobody knows', finding({ ...reading, connection: undefined })],
    ['connections that are known again', finding({ kind: 'reconciled', connectionIds: ['c1'] })],
    ['a state', stateWith({})],
    ['a state before there is a queue', stateWith({ queueId: undefined, lastEvent: undefined })],
    ['a connection of which nothing is known yet', knownWith({ state: undefined, to: -Infinity })],
    ['a status that nobody knows', connectionWith({ status: 'half_done' })],
    ['a channel of which little is known', channelWith({ kind: undefined, action: undefined })],
    ['a long name, as a server may write it', connectionWith({ name: LONG_TEXT })],
    ['a long id that no address holds: of a provider', connectionWith({ providerId: LONG_ID })],
    ['a long id that no address holds: of a channel', connectionWith(channelsOf([LONG_ID]))],
    ['a long id that no address holds: of an event', stateWith({ lastEvent: LONG_TEXT })],
    ['a connection of very many channels', connectionWith(channelsOf(numbers(10_000)))],
    ['dates of a server that writes what is none', connectionWith({ updatedAt: 1e300 })],
    ['a question', { kind: 'ask', isClose: true }],
    ['an answer', { kind: 'pong', isHidden: false }],
    ['a farewell', { kind: 'bye' }],
  ])('%s', (_what, message) => {
    const taken = read(message);
    expect(taken).toEqual(message);
    expect(inOrder(taken)).toBe(inOrder(message));
  });
});

describe('S4 a message between tabs that does not fit is dropped', () => {
  it.each([
    ['a gap of a reason in words', finding({ kind: 'gap', reason: 'no\nERROR: forged', since: 1 })],
    ['a gap of an unknown reason', finding({ kind: 'gap', reason: 'Network', since: 1 })],
    ['a gap since no date', finding({ kind: 'gap', reason: 'network', since: -Infinity })],
    ['a gap since what is beyond all dates', finding({ kind: 'gap', reason: 'network', since: 1e300 })],
    ['a gap since what is before all dates', finding({ kind: 'gap', reason: 'network', since: -8.1e12 })],
    ['a queue of two lines', finding({ kind: 'queue', queueId: 'q\nERROR: forged', isNew: true })],
    ['a queue that is gone, of two lines', finding({ kind: 'expired', queueId: 'q\u2028ERROR: forged' })],
    ['a connection of two lines', finding({ kind: 'track', connectionId: 'c1\r\nERROR: forged' })],
    ['known again, of two lines', finding({ kind: 'reconciled', connectionIds: ['c1', 'c2\nERROR'] })],
    ['events at a time beyond all dates', finding({ ...poll, at: 1e300 })],
    ['events that took longer than anything takes', finding({ ...poll, duration: 1e300 })],
    ['a reading from beyond all dates', finding({ ...reading, from: 1e300 })],
    ['a reading until beyond all dates', finding({ ...reading, to: 1e300 })],
    ['a queue with a long id', finding({ kind: 'queue', queueId: LONG_ID, isNew: true })],
    ['a queue that is gone, by what is no id', finding({ kind: 'expired', queueId: '' })],
    ['a queue that is gone, with a long id', finding({ kind: 'expired', queueId: LONG_ID })],
    ['events at no finite time', finding({ ...poll, at: Infinity })],
    ['events of no finite duration', finding({ ...poll, duration: -Infinity })],
    ['events in a negative time', finding({ ...poll, duration: -1 })],
    ['an event that leads back to itself', finding({ ...poll, events: [circle()] })],
    ['an event that no server can write', finding({ ...poll, events: [{ ...event, more: 1n }] })],
    ['more events than an answer holds', finding({ ...poll, events: Array(100_001).fill(event) })],
    ['a connection to follow with a long id', finding({ kind: 'track', connectionId: LONG_ID })],
    ['another connection than was read', finding({ ...reading, connection: { id: 'c2' } })],
    ['a reading at no time', finding({ ...reading, from: Infinity })],
    ['what is no id among those that are known', finding({ kind: 'reconciled', connectionIds: ['..'] })],
    ['too many that are known', finding({ kind: 'reconciled', connectionIds: Array(10_001).fill('c1') })],
    ['a state of too many', stateWith({ connections: Array(10_001).fill(shared) })],
    ['a state that was sound at no time', stateWith({ soundAt: Infinity })],
    ['a state that was asked at no time', stateWith({ askedAgo: -Infinity })],
    ['a state that was asked before all dates', stateWith({ askedAgo: 1e300 })],
    ['a state that was sound beyond all dates', stateWith({ soundAt: 1e300 })],
    ['a state known until beyond all dates', knownWith({ to: 1e300 })],
    ['a state whose last event is a number', stateWith({ lastEvent: 1 })],
    ['a state known from eternity on', knownWith({ from: Infinity })],
    ['a connection under the id of another', knownWith({ id: 'c2' })],
    ['a connection with a provider that is an object', connectionWith({ providerId: {} })],
    ['a connection with a name that is a number', connectionWith({ name: 1 })],
    ['a status of two lines', connectionWith({ status: 'RUNNING\nERROR' })],
    ['a status that turns what follows round', connectionWith({ status: '\u202eRUNNING' })],
    ['a long status', connectionWith({ status: 'R'.repeat(101) })],
    ['a status that is a number', connectionWith({ status: 1 })],
    ['a connection changed at no time', connectionWith({ updatedAt: -Infinity })],
    ['channels that are no map', connectionWith({ channels: { 8700: channel } })],
    ['a channel under the id of another', connectionWith({ channels: new Map([['8701', channel]]) })],
    ['too many channels', connectionWith(channelsOf(numbers(10_001)))],
    ['an action that is a text', connectionWith({ action: 'pay' })],
    ['a channel of an unknown kind', channelWith({ kind: 'PSD2' })],
    ['a channel with a status of two lines', channelWith({ status: 'SUCCESS\r\n' })],
    ['a channel that ended at a text', channelWith({ lastEndAt: '1' })],
    ['a channel that succeeded at no time', channelWith({ lastSuccessAt: Infinity })],
    ['a consent that ends at an object', channelWith({ expiresAt: {} })],
    ['an action of an unknown type', actionWith({ type: 'TRANSFER_REQUIRED' })],
    ['an action of no channel', actionWith({ channelDefinitionId: undefined })],
    ['an action since a text', actionWith({ since: 'today' })],
    ['a question without urgency', { kind: 'ask' }],
    ['an answer that is a text', { kind: 'pong', isHidden: 'no' }],
  ])('%s', (_what, message) => {
    expect(read(message)).toBeUndefined();
  });
});

describe('S4 a list that does not fit is read up to what does not', () => {
  it.each([
    ['connections', (items: unknown[]) => stateWith({ connections: items })],
    ['events', (items: unknown[]) => finding({ ...poll, events: items })],
  ])('%s', (_what, messageWith) => {
    let looks = 0;
    const hostile = {
      get id() {
        looks += 1;
        return {};
      },
    };
    expect(readTabMessage(messageWith(Array(9_999).fill(hostile)))).toBeUndefined();
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThan(10);
  });
});

describe('S4 of a message between tabs, no more is taken than is known', () => {
  it.each([
    ['a state', stateWith({ html: '<b>' }), stateWith({})],
    ['a known connection', knownWith({ source: '<b>', failedReads: -1 }), knownWith({})],
    ['a connection', connectionWith({ html: '<b>' }), connectionWith({})],
    ['a channel', channelWith({ html: '<b>' }), channelWith({})],
    ['an action', actionWith({ url: 'https://evil.example' }), actionWith({})],
    [
      'a finding',
      finding({ kind: 'track', connectionId: 'c1', html: '<b>' }),
      finding({ kind: 'track', connectionId: 'c1' }),
    ],
    ['a message', { kind: 'bye', html: '<b>' }, { kind: 'bye' }],
  ])('%s', (_what, message, taken) => {
    expect(read(message)).toEqual(taken);
  });

  it('an event keeps the fields that a server added, as JSON', () => {
    const [one] = (
      read(finding({ ...poll, events: [{ ...event, more: new Map([['a', 1]]) }] })) as {
        finding: typeof poll;
      }
    ).finding.events;
    expect(one).toEqual({ ...event, more: {} });
  });
});

/** With the order of fields, and with what is in maps. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, one) => (one instanceof Map ? [...one] : one));
}
