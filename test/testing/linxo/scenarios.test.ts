import { expect, test } from 'vitest';
import { play } from './fixtures/play.ts';
import { describeEvents, eventsOf, model, START, truth } from './fixtures/ticking.ts';

const REDIRECT_ALONE = [
  'SYNC_ALL_STARTED REDIRECT',
  'LIST_ACCOUNTS REDIRECT',
  'TRANSACTIONS_READ REDIRECT',
  'SYNC_ALL_SUCCESS REDIRECT',
];

test('success: nine events of both channels, within 12 to 60 seconds', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, 'success');
  pass(29_999);
  expect(linxo.isSynchronising(id)).toBe(true);
  expect(truth(linxo, id)).toEqual({ connection: 'RUNNING', REDIRECT: 'SUCCESS', EMBEDDED: 'RUNNING' });
  pass(1);

  expect(linxo.isSynchronising(id)).toBe(false);
  expect(truth(linxo, id)).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual([
    'SYNC_ALL_STARTED REDIRECT',
    'SYNC_ALL_STARTED EMBEDDED',
    'LOGIN_SUCCEEDED EMBEDDED',
    'LIST_ACCOUNTS REDIRECT',
    'LIST_ACCOUNTS EMBEDDED',
    'TRANSACTIONS_READ REDIRECT',
    'SYNC_ALL_SUCCESS REDIRECT',
    'TRANSACTIONS_READ EMBEDDED',
    'SYNC_ALL_SUCCESS EMBEDDED',
  ]);
});

test.each([
  ['credentials-refused', 'AUTH_FAILED'],
  ['password-change', 'PASSWORD_CHANGE_REQUIRED'],
  ['user-action', 'USER_ACTION_REQUIRED'],
] as const)('%s: the scraped channel ends with %s, the other one succeeds', (scenario, type) => {
  const { events, truth } = play(scenario);

  expect(events.filter((event) => event.endsWith('EMBEDDED'))).toEqual([
    'SYNC_ALL_STARTED EMBEDDED',
    `${type} EMBEDDED`,
  ]);
  expect(events.filter((event) => event.endsWith('REDIRECT'))).toEqual(REDIRECT_ALONE);
  expect(truth).toEqual({ connection: 'FAILED', REDIRECT: 'SUCCESS', EMBEDDED: type });
});

test('consent-expired: the API’s channel ends with TOKEN_EXPIRED, the other one succeeds', () => {
  const { events, truth } = play('consent-expired');

  expect(events.filter((event) => event.endsWith('REDIRECT'))).toEqual([
    'SYNC_ALL_STARTED REDIRECT',
    'TOKEN_EXPIRED REDIRECT',
  ]);
  expect(truth).toEqual({ connection: 'FAILED', REDIRECT: 'TOKEN_EXPIRED', EMBEDDED: 'SUCCESS' });
});

test('one-channel-ahead: one channel ends before the other has more than started', () => {
  const { events } = play('one-channel-ahead');

  const end = events.indexOf('SYNC_ALL_SUCCESS REDIRECT');
  expect(events.slice(0, end).filter((event) => event.endsWith('EMBEDDED'))).toEqual([
    'SYNC_ALL_STARTED EMBEDDED',
  ]);
  expect(events.at(-1)).toBe('SYNC_ALL_SUCCESS EMBEDDED');
});

test('partial-success: the scraped channel ends with PARTIAL_SUCCESS, and so does the connection', () => {
  const { events, truth } = play('partial-success');

  expect(events).toEqual(play('success').events);
  expect(truth).toEqual({ connection: 'PARTIAL_SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'PARTIAL_SUCCESS' });
  expect(play('partial-success', { endMarkers: 'both' }).truth).toMatchObject({
    connection: 'PARTIAL_SUCCESS',
  });
});

test('one-channel-empty: the scraped channel takes no part and has no events, the connection succeeds', () => {
  const { events, truth } = play('one-channel-empty');

  expect(events).toEqual(REDIRECT_ALONE);
  expect(truth).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'EMPTY' });
});

test('one-channel-closed: the scraped channel ends CLOSED, the connection does not', () => {
  const { events, truth } = play('one-channel-closed');

  expect(events.filter((event) => event.endsWith('EMBEDDED'))).toEqual([
    'SYNC_ALL_STARTED EMBEDDED',
    'CHANNEL_CLOSED EMBEDDED',
  ]);
  expect(truth).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'CLOSED' });
});

test('documents-example: an unknown channel, and a success while both channels run', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, 'documents-example');
  pass(5_000);

  const [event] = eventsOf(linxo, queue);
  expect(event).toMatchObject({
    channel_definition_id: 'redirect1',
    resource: {
      status: 'SUCCESS',
      channels: [
        { channel_definition_id: '8701', status: 'RUNNING' },
        { channel_definition_id: '8700', status: 'RUNNING' },
      ],
    },
  });
  pass(60_000);
  expect(truth(linxo, id)).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
});

test('the next success clears a required action', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id, 'credentials-refused');
  pass(60_000);
  linxo.synchronise(id, 'success');
  pass(1_000);
  expect(truth(linxo, id)).toEqual({ connection: 'RUNNING', REDIRECT: 'RUNNING', EMBEDDED: 'RUNNING' });
  pass(60_000);

  expect(truth(linxo, id)).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
});

test.each([
  ['EMBEDDED', 5],
  ['REDIRECT', 4],
] as const)('a connection with only the channel %s has only its events', (kind, count) => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection({ channels: [{ kind }] });
  const queue = linxo.subscribe();
  linxo.synchronise(id);
  pass(60_000);

  const events = describeEvents(linxo, eventsOf(linxo, queue));
  expect(events).toHaveLength(count);
  expect(events.every((event) => event.endsWith(kind))).toBe(true);
  expect(truth(linxo, id)).toEqual({ connection: 'SUCCESS', [kind]: 'SUCCESS' });
});

test('speed only shortens the times', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, 'success', { speed: 10 });
  pass(3_000);

  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(play('success').events);
  expect(linxo.published.map(({ at }) => at - START)).toEqual([
    40, 100, 400, 600, 1_000, 1_300, 1_800, 2_400, 3_000,
  ]);
});
