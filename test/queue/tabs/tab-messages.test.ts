import { describe, expect, it } from 'vitest';
import { type BanksideError, isBanksideError } from '../../../src/errors.ts';
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
  isDoubtful: false,
};
const shared = {
  id: 'c1',
  state: connectionState,
  isDoubtful: false,
  saidWhileRunning: undefined,
  from: -Infinity,
  to: 5,
};
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
const poll = { kind: 'poll', queueId: 'q1', events: [event], at: 1, duration: 1 };
const failed = {
  kind: 'failed',
  error: {
    code: 'HTTP',
    message: 'The server answered with status 503',
    details: { requestId: 'q1', server: 'queue', type: 'poll', elapsed: 20, status: 503 },
  },
  retryIn: 2_000,
  isHeld: true,
};
const reading = { kind: 'reading', connectionId: 'c1', connection: { id: 'c1' }, from: 1, to: 2 };

/** Reads a clone, as it arrives from another tab. */
function read(message: object): unknown {
  return readTabMessage(structuredClone(message));
}

function message(one: object): object {
  return { kind: 'update', update: one };
}

function failedWith(more: object): object {
  return { ...failed, error: { ...failed.error, ...more } };
}

function stateWith(more: object): object {
  return { kind: 'state', state: { ...state, ...more }, isFirst: false, readers: ['tab-1'] };
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

describe('S4 a valid message between tabs is accepted', () => {
  it.each([
    ['a new queue', message({ kind: 'queue', queueId: 'q1', isNew: true })],
    ['an expired queue', message({ kind: 'expired', queueId: 'q1' })],
    ['events', message(poll)],
    ['each reason of a gap', message({ kind: 'gap', reason: 'overflow', since: 1 })],
    ['a tracked connection', message({ kind: 'track', connectionId: 'c1' })],
    ['a reading', message(reading)],
    ['a reading of an unknown connection', message({ ...reading, connection: undefined })],
    ['reconciled connections', message({ kind: 'reconciled', connectionIds: ['c1'] })],
    ['a state', stateWith({})],
    ['a state without a queue', stateWith({ queueId: undefined, lastEvent: undefined })],
    ['what a connection has said while it ran', knownWith({ saidWhileRunning: 'PARTIAL_SUCCESS' })],
    ['a connection without a state', knownWith({ state: undefined, to: -Infinity })],
    ['an unknown status', connectionWith({ status: 'half_done' })],
    ['a channel with optional fields undefined', channelWith({ kind: undefined, action: undefined })],
    ['a long name, as a server may send it', connectionWith({ name: LONG_TEXT })],
    ['a long id that is in no address: of a provider', connectionWith({ providerId: LONG_ID })],
    ['a long id that is in no address: of a channel', connectionWith(channelsOf([LONG_ID]))],
    ['a long id that is in no address: of an event', stateWith({ lastEvent: LONG_TEXT })],
    ['a connection with very many channels', connectionWith(channelsOf(numbers(10_000)))],
    ['a server’s date that is out of range', connectionWith({ updatedAt: 1e300 })],
    ['ask', { kind: 'ask', isClose: true }],
    ['pong', { kind: 'pong', isHidden: false }],
    ['the begin of a read', { kind: 'read', reader: 'tab-1', isUnderWay: true }],
  ])('%s', (_what, message) => {
    const result = read(message);
    expect(result).toEqual(message);
    expect(ordered(result)).toBe(ordered(message));
  });
});

describe('S4 an invalid message between tabs is dropped', () => {
  it.each([
    ['a gap with a reason of two lines', message({ kind: 'gap', reason: 'no\nERROR: forged', since: 1 })],
    ['a gap with an unknown reason', message({ kind: 'gap', reason: 'Network', since: 1 })],
    ['a gap since -Infinity', message({ kind: 'gap', reason: 'network', since: -Infinity })],
    ['a gap since a date that is too late', message({ kind: 'gap', reason: 'network', since: 1e300 })],
    ['a gap since a date that is too early', message({ kind: 'gap', reason: 'network', since: -8.1e12 })],
    ['a queue with a line break', message({ kind: 'queue', queueId: 'q\nERROR: forged', isNew: true })],
    ['an expired queue with a line separator', message({ kind: 'expired', queueId: 'q\u2028ERROR: forged' })],
    [
      'a tracked connection with a line break',
      message({ kind: 'track', connectionId: 'c1\r\nERROR: forged' }),
    ],
    [
      'a reconciled connection with a line break',
      message({ kind: 'reconciled', connectionIds: ['c1', 'c2\nERROR'] }),
    ],
    ['events at a date that is too late', message({ ...poll, at: 1e300 })],
    ['events with a duration that is too long', message({ ...poll, duration: 1e300 })],
    ['a reading from a date that is too late', message({ ...reading, from: 1e300 })],
    ['a reading until a date that is too late', message({ ...reading, to: 1e300 })],
    ['a queue with a long id', message({ kind: 'queue', queueId: LONG_ID, isNew: true })],
    ['an expired queue with an empty id', message({ kind: 'expired', queueId: '' })],
    ['an expired queue with a long id', message({ kind: 'expired', queueId: LONG_ID })],
    ['events at Infinity', message({ ...poll, at: Infinity })],
    ['events with a duration of -Infinity', message({ ...poll, duration: -Infinity })],
    ['a failure with two lines', message(failedWith({ message: 'x\nERROR: forged' }))],
    ['a failure with a code of its own', message(failedWith({ code: 'UNAUTHORIZED' }))],
    ['a failure without details', message(failedWith({ details: undefined }))],
    ['a failure with a type of two lines', message(failedWith({ details: { type: 'poll\nERROR' } }))],
    ['a failure with a status that is an object', message(failedWith({ details: { status: {} } }))],
    ['a failure that is never tried again', message({ ...failed, retryIn: Infinity })],
    [
      'a state whose failure has two lines',
      stateWith({ failure: { ...failed, error: { ...failed.error, message: 'x\nERROR' } } }),
    ],
    ['events with a negative duration', message({ ...poll, duration: -1 })],
    ['a cyclic event', message({ ...poll, events: [circle()] })],
    ['an event that is not JSON', message({ ...poll, events: [{ ...event, more: 1n }] })],
    ['more events than an answer may contain', message({ ...poll, events: Array(100_001).fill(event) })],
    ['a tracked connection with a long id', message({ kind: 'track', connectionId: LONG_ID })],
    ['a reading with the connection of another id', message({ ...reading, connection: { id: 'c2' } })],
    ['a reading from Infinity', message({ ...reading, from: Infinity })],
    ['reconciled connections with an invalid id', message({ kind: 'reconciled', connectionIds: ['..'] })],
    [
      'too many reconciled connections',
      message({ kind: 'reconciled', connectionIds: Array(10_001).fill('c1') }),
    ],
    ['a state with too many connections', stateWith({ connections: Array(10_001).fill(shared) })],
    ['a state with soundAt Infinity', stateWith({ soundAt: Infinity })],
    ['a state with askedAgo -Infinity', stateWith({ askedAgo: -Infinity })],
    ['a state with an askedAgo that is too long', stateWith({ askedAgo: 1e300 })],
    ['a state with a soundAt that is too late', stateWith({ soundAt: 1e300 })],
    ['a connection known until a date that is too late', knownWith({ to: 1e300 })],
    ['a state with a last event that is a number', stateWith({ lastEvent: 1 })],
    ['a connection known from Infinity', knownWith({ from: Infinity })],
    ['a connection under the id of another', knownWith({ id: 'c2' })],
    ['a connection with a provider that is an object', connectionWith({ providerId: {} })],
    ['a connection with a name that is a number', connectionWith({ name: 1 })],
    ['a status with a line break', connectionWith({ status: 'RUNNING\nERROR' })],
    ['a status that reverses the text after it', connectionWith({ status: '\u202eRUNNING' })],
    ['a long status', connectionWith({ status: 'R'.repeat(101) })],
    ['a status that is a number', connectionWith({ status: 1 })],
    ['a connection updated at -Infinity', connectionWith({ updatedAt: -Infinity })],
    ['channels that are not a map', connectionWith({ channels: { 8700: channel } })],
    ['a channel under the id of another', connectionWith({ channels: new Map([['8701', channel]]) })],
    ['too many channels', connectionWith(channelsOf(numbers(10_001)))],
    ['an action that is a string', connectionWith({ action: 'pay' })],
    ['a channel of an unknown kind', channelWith({ kind: 'PSD2' })],
    ['a channel with a line break in its status', channelWith({ status: 'SUCCESS\r\n' })],
    ['a channel with a string as its end', channelWith({ lastEndAt: '1' })],
    ['a channel with a success at Infinity', channelWith({ lastSuccessAt: Infinity })],
    ['a channel with an object as its expiry', channelWith({ expiresAt: {} })],
    ['an action of an unknown type', actionWith({ type: 'TRANSFER_REQUIRED' })],
    ['an action without a channel', actionWith({ channelDefinitionId: undefined })],
    ['an action with a string as its time', actionWith({ since: 'today' })],
    ['ask without isClose', { kind: 'ask' }],
    ['pong with a string', { kind: 'pong', isHidden: 'no' }],
  ])('%s', (_what, message) => {
    expect(read(message)).toBeUndefined();
  });
});

describe('S4 an invalid list is read up to its first invalid item', () => {
  it.each([
    ['connections', (items: unknown[]) => stateWith({ connections: items })],
    ['events', (items: unknown[]) => message({ ...poll, events: items })],
  ])('%s', (_what, messageWith) => {
    let reads = 0;
    const hostile = {
      get id() {
        reads += 1;
        return {};
      },
    };
    expect(readTabMessage(messageWith(Array(9_999).fill(hostile)))).toBeUndefined();
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(10);
  });
});

it('Q9 a failure becomes an error again, without fields that nobody knows', () => {
  const details = { ...failed.error.details, token: 'secret', __proto__: { polluted: true } };
  const read = readTabMessage(structuredClone(message(failedWith({ details, stack: 'at evil.js' }))));
  const { error, retryIn } = (read as { update: { error: unknown; retryIn: number } }).update;
  expect(retryIn).toBe(2_000);
  expect(isBanksideError(error, 'HTTP')).toBe(true);
  expect(error).toMatchObject({ message: failed.error.message });
  expect((error as BanksideError).details).toEqual(failed.error.details);
  expect((error as BanksideError).stack).not.toContain('evil');
});

describe('S4 unknown fields of a message between tabs are dropped', () => {
  it.each([
    ['a state', stateWith({ html: '<b>' }), stateWith({})],
    ['a known connection', knownWith({ source: '<b>', failedReads: -1 }), knownWith({})],
    ['a connection', connectionWith({ html: '<b>' }), connectionWith({})],
    ['a channel', channelWith({ html: '<b>' }), channelWith({})],
    ['an action', actionWith({ url: 'https://evil.example' }), actionWith({})],
    [
      'an update',
      message({ kind: 'track', connectionId: 'c1', html: '<b>' }),
      message({ kind: 'track', connectionId: 'c1' }),
    ],
    ['a message', { kind: 'pong', isHidden: true, html: '<b>' }, { kind: 'pong', isHidden: true }],
  ])('%s', (_what, message, result) => {
    expect(read(message)).toEqual(result);
  });

  it('an event keeps the fields that a server added, as JSON', () => {
    const [one] = (
      read(message({ ...poll, events: [{ ...event, more: new Map([['a', 1]]) }] })) as {
        update: typeof poll;
      }
    ).update.events;
    expect(one).toEqual({ ...event, more: {} });
  });
});

/** JSON that includes the order of fields, and the entries of maps. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, one) => (one instanceof Map ? [...one] : one));
}
