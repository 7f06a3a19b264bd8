import { describe, expect, test } from 'vitest';
import type { ScenarioName, Script, SynchroniseOptions } from '../../src/testing/index.ts';
import { eventsOf, model, START, told, truth } from './ticking.ts';

interface Played {
  readonly events: string[];
  readonly truth: Record<string, string | undefined>;
}

/** Plays it to its end, with nobody who answers a challenge. */
function play(script: ScenarioName | Script, options: SynchroniseOptions = {}): Played {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, script, options);
  pass(600_000);
  expect(linxo.isSynchronising(id)).toBe(false);
  return { events: told(linxo, eventsOf(linxo, queue)), truth: truth(linxo, id) };
}

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
  expect(told(linxo, eventsOf(linxo, queue))).toEqual([
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

test('one-channel-ahead: one has ended before the other one does anything but start', () => {
  const { events } = play('one-channel-ahead');

  const end = events.indexOf('SYNC_ALL_SUCCESS REDIRECT');
  expect(events.slice(0, end).filter((event) => event.endsWith('EMBEDDED'))).toEqual([
    'SYNC_ALL_STARTED EMBEDDED',
  ]);
  expect(events.at(-1)).toBe('SYNC_ALL_SUCCESS EMBEDDED');
});

test('partial-success: both channels succeed, and the connection says that it is not all', () => {
  expect(play('partial-success').truth).toEqual({
    connection: 'PARTIAL_SUCCESS',
    REDIRECT: 'SUCCESS',
    EMBEDDED: 'SUCCESS',
  });
  expect(play('partial-success', { endMarkers: 'both' }).truth).toMatchObject({
    connection: 'PARTIAL_SUCCESS',
  });
});

test('documents-example: a channel that the connection does not have, and a success while both run', () => {
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

describe('sms-challenge', () => {
  function challenged() {
    const { linxo, pass } = model();
    const { id } = linxo.addConnection();
    const queue = linxo.subscribe();
    linxo.synchronise(id, 'sms-challenge');
    pass(20_000);
    return { linxo, pass, id, queue };
  }

  test('the challenge fails the connection once the other channel has ended, which does not wait for it', () => {
    const { linxo, id, queue } = challenged();

    expect(truth(linxo, id)).toEqual({
      connection: 'FAILED',
      REDIRECT: 'SUCCESS',
      EMBEDDED: 'CHALLENGE_REQUIRED',
    });
    expect(linxo.isSynchronising(id)).toBe(true);
    expect(told(linxo, eventsOf(linxo, queue))).toContain('CHALLENGE_REQUIRED EMBEDDED');
  });

  test('an answer lets it go on to its end', () => {
    const { linxo, pass, id, queue } = challenged();
    eventsOf(linxo, queue);

    expect(linxo.answerChallenge(id)).toBe(true);
    pass(500);
    expect(truth(linxo, id)).toMatchObject({ connection: 'RUNNING', EMBEDDED: 'RUNNING' });
    pass(600_000);
    expect(told(linxo, eventsOf(linxo, queue))).toEqual([
      'CHALLENGE_ANSWERED EMBEDDED',
      'LIST_ACCOUNTS EMBEDDED',
      'SYNC_ALL_SUCCESS EMBEDDED',
    ]);
    expect(truth(linxo, id)).toMatchObject({ connection: 'SUCCESS' });
  });

  test('without an answer it fails after two minutes', () => {
    const { linxo, pass, id, queue } = challenged();
    eventsOf(linxo, queue);
    pass(104_999);
    expect(linxo.read(queue).status).toBe(204);
    pass(1);

    expect(told(linxo, eventsOf(linxo, queue))).toEqual(['AUTH_FAILED EMBEDDED']);
    expect(truth(linxo, id)).toMatchObject({ connection: 'FAILED', EMBEDDED: 'AUTH_FAILED' });
    expect(linxo.isSynchronising(id)).toBe(false);
  });

  test('an answer to nothing, a second one, and one that comes too late are none', () => {
    const { linxo, pass, id } = challenged();
    expect(linxo.answerChallenge(id)).toBe(true);
    expect(linxo.answerChallenge(id)).toBe(false);

    linxo.synchronise(id, 'sms-challenge');
    expect(linxo.answerChallenge(id)).toBe(false);
    pass(600_000);
    expect(linxo.answerChallenge(id)).toBe(false);
  });

  test('a person takes their time, however fast the rest is', () => {
    const { linxo, pass } = model();
    const { id } = linxo.addConnection();
    linxo.synchronise(id, 'sms-challenge', { speed: 100 });
    pass(100_000);

    expect(linxo.answerChallenge(id)).toBe(true);
    pass(1_000);
    expect(truth(linxo, id)).toMatchObject({ connection: 'SUCCESS' });
  });
});

test('what was owed is over with the next success', () => {
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
] as const)('a connection of one kind of channel, %s, has the events of that alone', (kind, count) => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection({ channels: [{ kind }] });
  const queue = linxo.subscribe();
  linxo.synchronise(id);
  pass(60_000);

  const events = told(linxo, eventsOf(linxo, queue));
  expect(events).toHaveLength(count);
  expect(events.every((event) => event.endsWith(kind))).toBe(true);
  expect(truth(linxo, id)).toEqual({ connection: 'SUCCESS', [kind]: 'SUCCESS' });
});

test('speed compresses the times, and nothing else', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, 'success', { speed: 10 });
  pass(3_000);

  expect(told(linxo, eventsOf(linxo, queue))).toEqual(play('success').events);
  expect(linxo.published.map(({ at }) => at - START)).toEqual([
    40, 100, 400, 600, 1_000, 1_300, 1_800, 2_400, 3_000,
  ]);
});

describe('the end', () => {
  const ends = (script: ScenarioName, options: SynchroniseOptions) =>
    play(script, options).events.filter((event) => event.includes('SYNC_ALL_SUCCESS'));

  test('is marked for each channel', () => {
    expect(ends('success', { endMarkers: 'channels' })).toEqual([
      'SYNC_ALL_SUCCESS REDIRECT',
      'SYNC_ALL_SUCCESS EMBEDDED',
    ]);
  });

  test('or once, without a channel, at the very end', () => {
    const { events, truth } = play('success', { endMarkers: 'global' });

    expect(events.filter((event) => event.includes('SYNC_ALL_SUCCESS'))).toEqual(['SYNC_ALL_SUCCESS']);
    expect(events.at(-1)).toBe('SYNC_ALL_SUCCESS');
    expect(truth).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
  });

  test('or both ways', () => {
    expect(ends('success', { endMarkers: 'both' })).toEqual([
      'SYNC_ALL_SUCCESS REDIRECT',
      'SYNC_ALL_SUCCESS EMBEDDED',
      'SYNC_ALL_SUCCESS',
    ]);
  });

  test('a global one comes after an open challenge, not before', () => {
    const { linxo, pass } = model({ endMarkers: 'global' });
    const { id } = linxo.addConnection();
    const queue = linxo.subscribe();
    linxo.synchronise(id, 'sms-challenge');
    pass(60_000);
    expect(told(linxo, eventsOf(linxo, queue))).not.toContain('SYNC_ALL_SUCCESS');

    linxo.answerChallenge(id);
    pass(60_000);
    expect(told(linxo, eventsOf(linxo, queue)).at(-1)).toBe('SYNC_ALL_SUCCESS');
  });

  test('a synchronisation in which nothing succeeded has no such mark', () => {
    const script = [
      { after: 0, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' },
      { after: 1_000, channel: 'EMBEDDED', event: 'AUTH_FAILED' },
    ];

    expect(play(script, { endMarkers: 'global' }).events).toEqual([
      'SYNC_ALL_STARTED EMBEDDED',
      'AUTH_FAILED EMBEDDED',
    ]);
  });

  test('may be written in event_status, in place of event_type', () => {
    const { linxo, pass } = model({ endMarkerField: 'event_status', endMarkers: 'both' });
    const { id } = linxo.addConnection();
    const queue = linxo.subscribe();
    linxo.synchronise(id);
    pass(60_000);

    const marks = eventsOf(linxo, queue).filter(({ event_status }) => event_status !== undefined);
    expect(marks).toHaveLength(3);
    for (const mark of marks) {
      expect(mark).toMatchObject({ event_status: 'SYNC_ALL_SUCCESS', resource_type: 'CONNECTION' });
      expect(mark).not.toHaveProperty('event_type');
    }
  });

  test('a synchronisation may say so for itself', () => {
    expect(ends('success', { endMarkers: 'global', endMarkerField: 'event_status' })).toEqual([
      'status=SYNC_ALL_SUCCESS',
    ]);
  });
});
