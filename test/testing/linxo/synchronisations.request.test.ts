import { expect, test } from 'vitest';
import type { Script } from '../../../src/testing/index.ts';
import { SCENARIO_NAMES } from '../../../src/testing/linxo/scenarios.ts';
import { eventsOf, model, truth } from './fixtures/ticking.ts';

const RUNS = { connection: 'RUNNING', REDIRECT: 'RUNNING', EMBEDDED: 'RUNNING' };

/** A connection that was synchronised well before. */
function synchronised() {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id);
  pass(60_000);
  return { linxo, pass, id, now: () => truth(linxo, id) };
}

test('the channels run from the request on, and so does the connection', () => {
  const { linxo, id, now } = synchronised();
  linxo.synchronise(id);

  expect(now()).toEqual(RUNS);
});

test('the channels of a new connection run from the request on too', () => {
  const { linxo } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id);

  expect(truth(linxo, id)).toEqual(RUNS);
});

test.each(SCENARIO_NAMES)('%s: the connection runs at once, and no longer than the script', (name) => {
  const { linxo, pass, id, now } = synchronised();
  linxo.synchronise(id, name);
  expect(now()).toMatchObject({ connection: 'RUNNING' });
  pass(600_000);

  expect(Object.values(now())).not.toContain('RUNNING');
});

test('a random synchronisation runs at once', () => {
  const { linxo, id, now } = synchronised();
  linxo.synchroniseAtRandom(id, { seed: 1 });

  expect(now()).toEqual(RUNS);
});

test.each<[string, Script]>([
  ['names it', [{ after: 5, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' }]],
  ['names its id', [{ after: 5, channel: '8700', event: 'LIST_ACCOUNTS' }]],
  [
    'names it after a challenge',
    [
      {
        after: 5,
        event: 'CHALLENGE_REQUIRED',
        challenge: {
          within: 5,
          answered: [],
          unanswered: [{ after: 0, channel: '8700', event: 'AUTH_FAILED' }],
        },
      },
    ],
  ],
])('a channel takes part if a step %s; the other one does not run', (_name, script) => {
  const { linxo, id, now } = synchronised();
  linxo.synchronise(id, script);

  expect(now()).toEqual({ connection: 'RUNNING', REDIRECT: 'SUCCESS', EMBEDDED: 'RUNNING' });
});

test.each<[string, Script]>([
  ['no step names a channel', [{ after: 5, event: 'ANY' }]],
  ['steps only name channels of others', [{ after: 5, channel: 'redirect1', event: 'ANY' }]],
  [
    'a step starts all of them',
    [
      { after: 5, event: 'SYNC_ALL_STARTED' },
      { after: 5, channel: 'REDIRECT', event: 'LIST_ACCOUNTS' },
    ],
  ],
  [
    'a step changes all of them',
    [
      { after: 5, channel: 'REDIRECT', event: 'LIST_ACCOUNTS' },
      { after: 5, status: 'SUCCESS' },
    ],
  ],
])('all channels take part if %s', (_name, script) => {
  const { linxo, id, now } = synchronised();
  linxo.synchronise(id, script);

  expect(now()).toEqual(RUNS);
});

test('a channel whose status no step changes has the former one after the last step, in its event too', () => {
  const { linxo, pass, id, now } = synchronised();
  const queue = linxo.subscribe();
  const before = linxo.connection(id);
  linxo.synchronise(id, [
    { after: 5, channel: 'EMBEDDED', event: 'LIST_ACCOUNTS' },
    { after: 5, channel: 'EMBEDDED', event: 'TRANSACTIONS_READ' },
  ]);
  pass(5);
  expect(now()).toMatchObject({ connection: 'RUNNING', EMBEDDED: 'RUNNING' });
  pass(5);

  expect(linxo.connection(id)).toEqual(before);
  expect(eventsOf(linxo, queue).map(({ resource }) => resource.status)).toEqual(['RUNNING', 'SUCCESS']);
});

test('a script without steps is over at once', () => {
  const { linxo, id } = synchronised();
  const before = linxo.connection(id);
  linxo.synchronise(id, []);

  expect(linxo.connection(id)).toEqual(before);
});

test('a synchronisation that replaces another one ends what only the request of that one had begun', () => {
  const { linxo, id, now } = synchronised();
  linxo.synchronise(id);
  linxo.synchronise(id, [{ after: 5, channel: 'EMBEDDED', event: 'SYNC_ALL_SUCCESS' }]);

  expect(now()).toEqual({ connection: 'RUNNING', REDIRECT: 'SUCCESS', EMBEDDED: 'RUNNING' });
});

test('a refused script begins nothing', () => {
  const { linxo, id } = synchronised();
  const before = linxo.connection(id);
  expect(() => linxo.synchronise(id, [{ after: -1 }])).toThrow();

  expect(linxo.connection(id)).toEqual(before);
});

test('a request ends a given connection status', () => {
  const { linxo, id, now } = synchronised();
  linxo.publish(id, { connectionStatus: 'CLOSED' });
  linxo.synchronise(id);

  expect(now()).toEqual(RUNS);
});

test('a running connection has the dates from before the request', () => {
  const { linxo, pass, id } = synchronised();
  const dates = () => linxo.connection(id)?.channels.map(({ last_end_date }) => last_end_date);
  const before = dates();
  pass(1_000);
  linxo.synchronise(id);

  expect(dates()).toEqual(before);
});

test('a connection without channels stays NONE', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection({ channels: [] });
  linxo.synchronise(id);
  expect(linxo.connection(id)?.status).toBe('NONE');
  pass(60_000);

  expect(linxo.connection(id)?.status).toBe('NONE');
});
