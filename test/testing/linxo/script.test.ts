import { expect, test } from 'vitest';
import type { Script } from '../../../src/testing/index.ts';
import { describeEvents, eventsOf, model, truth } from './fixtures/ticking.ts';

function playing(script: Script) {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, script);
  return { linxo, pass, id, queue };
}

test('a step is due after its delay from the step before', () => {
  const { linxo, pass, queue } = playing([
    { after: 100, event: 'A' },
    { after: 50, event: 'B' },
    { after: 0, event: 'C' },
  ]);

  pass(99);
  expect(linxo.read(queue).status).toBe(204);
  pass(1);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['A']);
  pass(50);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['B', 'C']);
});

test('a step names a channel by kind or id; an unknown id is sent unchanged and changes no channel', () => {
  const { linxo, pass, id, queue } = playing([
    { after: 1, event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' },
    { after: 1, event: 'AUTH_FAILED', channel: '8701' },
    { after: 1, event: 'SYNC_ALL_SUCCESS', channel: 'elsewhere' },
  ]);
  pass(3);

  expect(eventsOf(linxo, queue).map((event) => event.channel_definition_id)).toEqual([
    '8700',
    '8701',
    'elsewhere',
  ]);
  expect(truth(linxo, id)).toEqual({ connection: 'RUNNING', REDIRECT: 'AUTH_FAILED', EMBEDDED: 'RUNNING' });
});

test('without a channel, a start applies to all channels, and an end to the running ones', () => {
  const { linxo, pass, id } = playing([
    { after: 1, event: 'SYNC_ALL_STARTED' },
    { after: 1, event: 'TOKEN_EXPIRED', channel: 'REDIRECT' },
    { after: 1, event: 'SYNC_ALL_SUCCESS' },
  ]);

  pass(1);
  expect(truth(linxo, id)).toEqual({ connection: 'RUNNING', REDIRECT: 'RUNNING', EMBEDDED: 'RUNNING' });
  pass(2);
  expect(truth(linxo, id)).toEqual({ connection: 'FAILED', REDIRECT: 'TOKEN_EXPIRED', EMBEDDED: 'SUCCESS' });
});

test('an unknown event without a status changes nothing', () => {
  const { linxo } = model();
  const { id } = linxo.addConnection();

  linxo.publish(id, { event: 'SOMETHING_NEW', channel: 'EMBEDDED' });
  expect(truth(linxo, id)).toEqual({ connection: 'NONE', REDIRECT: 'EMPTY', EMBEDDED: 'EMPTY' });
  linxo.publish(id, { event: 'SOMETHING_ELSE', channel: 'EMBEDDED', status: 'RUNNING' });
  expect(truth(linxo, id)).toEqual({ connection: 'RUNNING', REDIRECT: 'EMPTY', EMBEDDED: 'RUNNING' });
});

test('a step without an event changes the state silently', () => {
  const { linxo, pass, id, queue } = playing([{ after: 1, channel: 'EMBEDDED', status: 'AUTH_FAILED' }]);
  pass(1);

  expect(truth(linxo, id)).toMatchObject({ EMBEDDED: 'AUTH_FAILED' });
  expect(linxo.read(queue).status).toBe(204);
});

test('a given connection status lasts until the next step', () => {
  const { linxo, pass, id } = playing([
    { after: 1, event: 'ANY', connectionStatus: 'CLOSED' },
    { after: 1, event: 'ANY' },
  ]);

  pass(1);
  expect(truth(linxo, id)).toMatchObject({ connection: 'CLOSED' });
  pass(1);
  expect(truth(linxo, id)).toMatchObject({ connection: 'NONE' });
});

test('a new synchronisation replaces a running one with its open challenge', () => {
  const { linxo, pass, id, queue } = playing([
    {
      after: 1,
      event: 'CHALLENGE_REQUIRED',
      channel: 'EMBEDDED',
      challenge: { within: 10, answered: [], unanswered: [{ after: 0, event: 'TOO_LATE' }] },
    },
    { after: 100, event: 'NEVER' },
  ]);
  pass(1);
  linxo.synchronise(id, [{ after: 1, event: 'OTHER' }]);
  pass(1_000);

  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['CHALLENGE_REQUIRED EMBEDDED', 'OTHER']);
  expect(linxo.answerChallenge(id)).toBe(false);
});

test('two challenges may be open, and are answered in order', () => {
  const asks = (channel: string) => ({
    event: 'CHALLENGE_REQUIRED',
    channel,
    challenge: { within: 1_000, answered: [{ after: 0, event: 'THANKS', channel }], unanswered: [] },
  });
  const { linxo, pass, id, queue } = playing([
    { after: 1, ...asks('REDIRECT') },
    { after: 1, ...asks('EMBEDDED') },
  ]);
  pass(2);
  eventsOf(linxo, queue);

  expect(linxo.answerChallenge(id)).toBe(true);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['THANKS REDIRECT']);
  expect(linxo.answerChallenge(id)).toBe(true);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['THANKS EMBEDDED']);
  expect(linxo.answerChallenge(id)).toBe(false);
});

test('a published step does not stop a running script', () => {
  const { linxo, pass, id, queue } = playing([{ after: 10, event: 'LATER' }]);
  linxo.publish(id, { event: 'AT_ONCE' });
  pass(10);

  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['AT_ONCE', 'LATER']);
});

test('connections are independent', () => {
  const { linxo, pass } = model();
  const [one, other] = [linxo.addConnection(), linxo.addConnection()];
  const queue = linxo.subscribe();
  linxo.synchronise(one.id, 'credentials-refused');
  pass(3_000);
  linxo.synchronise(other.id, 'success');
  pass(60_000);

  expect(truth(linxo, one.id)).toMatchObject({ connection: 'FAILED' });
  expect(truth(linxo, other.id)).toMatchObject({ connection: 'SUCCESS' });
  const dates = eventsOf(linxo, queue).map((event) => event.creation_date);
  expect(dates).toEqual([...dates].sort((first, second) => first - second));
  expect(dates).toHaveLength(6 + 9);
});

test.each([
  ['nothing-like-it', 'A script must be one of success, '],
  ['__proto__', 'or a list of steps, not "__proto__".'],
  [7, 'or a list of steps, not 7.'],
  [[null], 'A script\'s "0" must be an object, not null.'],
  [[{}], '"0.after" must be a number of milliseconds'],
  [[{ after: 1 }, { after: -1 }], '"1.after" must be a number of milliseconds, 0 or more, not -1.'],
  [[{ after: 1, event: '' }], '"0.event" must be a string'],
  [[{ after: 1, channel: 8700 }], '"0.channel" must be a string'],
  [[{ after: 1, accounts: 1.5 }], '"0.accounts" must be a whole number from 0 to 1000, or a list, not 1.5.'],
  [[{ after: 1, when: 2 }], 'A script\'s "0.when" is not known. Known are after, event, '],
  [[{ after: 1, constructor: 2 }], 'A script\'s "0.constructor" is not known.'],
  [[{ after: 1, challenge: 'sms' }], '"0.challenge" must be an object, not "sms".'],
  [
    [{ after: 1, challenge: { within: 5, answered: [] } }],
    '"0.challenge.unanswered" must be a list of steps',
  ],
  [
    [{ after: 1, challenge: { within: 5, answered: [{}], unanswered: [] } }],
    '"0.challenge.answered.0.after" must be',
  ],
])('the script %j is rejected with a reason', (script, why) => {
  const { linxo } = model();
  const { id } = linxo.addConnection();

  expect(() => linxo.synchronise(id, script as Script)).toThrow(TypeError);
  expect(() => linxo.synchronise(id, script as Script)).toThrow(why);
});

test.each([
  [{ speed: 0 }, '"speed" must be a finite number above 0'],
  [{ speed: '2' }, '"speed" must be a finite number above 0, not "2"'],
  [
    { endMarkers: 'none' },
    'A synchronisation\'s "endMarkers" must be one of channels, global, both, not "none".',
  ],
  [
    { slowly: true },
    'A synchronisation\'s "slowly" is not known. Known are speed, endMarkers, endMarkerField.',
  ],
])('the options %j are rejected', (options, why) => {
  const { linxo } = model();
  const { id } = linxo.addConnection();

  expect(() => linxo.synchronise(id, 'success', options as object)).toThrow(TypeError);
  expect(() => linxo.synchronise(id, 'success', options as object)).toThrow(why);
});

test.each(['synchronise', 'synchroniseAtRandom', 'isSynchronising', 'answerChallenge'] as const)(
  '%s requires an existing connection',
  (method) => {
    expect(() => model().linxo[method]('nowhere')).toThrow('There is no connection "nowhere".');
  },
);

test('a published step is validated too', () => {
  const { linxo } = model();
  const { id } = linxo.addConnection();

  expect(() => linxo.publish(id, { after: 1 } as object)).toThrow('A step\'s "after" is not known.');
  expect(truth(linxo, id)).toMatchObject({ connection: 'NONE' });
});
