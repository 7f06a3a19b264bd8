import { describe, expect, test } from 'vitest';
import type { ScenarioName, Script } from '../../../src/testing/index.ts';
import { model, truth } from './fixtures/ticking.ts';

const REDIRECT_ENDS: Script = [{ after: 10, channel: 'REDIRECT', event: 'SYNC_ALL_SUCCESS' }];

function connected() {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  return { linxo, pass, id, now: () => truth(linxo, id) };
}

/** A connection that was synchronised well before. */
function synchronised() {
  const connection = connected();
  connection.linxo.synchronise(connection.id);
  connection.pass(60_000);
  return connection;
}

/** Starts a script, replaces it after a while, and waits for the end of the second one. */
function replaced(
  { linxo, pass, id }: ReturnType<typeof connected>,
  first: ScenarioName | Script,
  after: number,
) {
  linxo.synchronise(id, first);
  pass(after);
  linxo.synchronise(id, REDIRECT_ENDS);
  pass(600_000);
  expect(linxo.isSynchronising(id)).toBe(false);
}

describe('a channel that the replaced script has left', () => {
  test('RUNNING has its last other status again', () => {
    const connection = synchronised();
    const before = connection.linxo.connection(connection.id)?.channels[1];
    replaced(connection, 'success', 3_000);

    expect(connection.now()).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
    expect(connection.linxo.connection(connection.id)?.channels[1]).toEqual(before);
  });

  test('RUNNING at first is EMPTY again, if the connection is new', () => {
    const connection = connected();
    replaced(connection, 'success', 3_000);

    expect(connection.now()).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'EMPTY' });
  });

  test('CHALLENGE_REQUIRED has its last other status again, because the challenge is gone', () => {
    const connection = synchronised();
    replaced(connection, 'sms-challenge', 20_000);

    expect(connection.linxo.answerChallenge(connection.id)).toBe(false);
    expect(connection.now()).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
  });

  test('RUNNING after an answer has its last other status again', () => {
    const connection = synchronised();
    const { linxo, pass, id, now } = connection;
    linxo.synchronise(id, 'sms-challenge');
    pass(20_000);
    linxo.answerChallenge(id);
    pass(1_000);
    linxo.synchronise(id, REDIRECT_ENDS);
    pass(600_000);

    expect(now()).toMatchObject({ connection: 'SUCCESS', EMBEDDED: 'SUCCESS' });
  });

  test('RUNNING for the second time has the status with which it ended in between', () => {
    const connection = synchronised();
    const again = [
      { after: 5, channel: 'EMBEDDED', event: 'AUTH_FAILED' },
      { after: 5, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' },
      { after: 100, channel: 'EMBEDDED', event: 'SYNC_ALL_SUCCESS' },
    ];
    replaced(connection, again, 50);

    expect(connection.now()).toEqual({ connection: 'FAILED', REDIRECT: 'SUCCESS', EMBEDDED: 'AUTH_FAILED' });
  });

  test.each(['AUTH_FAILED', 'TOKEN_EXPIRED', 'PARTIAL_SUCCESS', 'CLOSED', 'EMPTY'])(
    '%s keeps it',
    (status) => {
      const connection = synchronised();
      const ends = [
        { after: 5, channel: 'EMBEDDED', event: 'ANY', status },
        { after: 100, event: 'NEVER' },
      ];
      replaced(connection, ends, 50);

      expect(connection.now()).toMatchObject({ EMBEDDED: status });
    },
  );

  test('RUNNING runs on if the next script names it too, and ends with the former status if no step changes it', () => {
    const { linxo, pass, id, now } = synchronised();
    linxo.synchronise(id);
    pass(3_000);
    linxo.synchronise(id, [{ after: 10, channel: 'EMBEDDED', event: 'LIST_ACCOUNTS' }]);
    expect(now()).toEqual({ connection: 'RUNNING', REDIRECT: 'SUCCESS', EMBEDDED: 'RUNNING' });
    pass(10);

    expect(now()).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
  });

  test('RUNNING has its last other status again after the third script too', () => {
    const { linxo, pass, id, now } = synchronised();
    linxo.synchronise(id);
    pass(3_000);
    linxo.synchronise(id);
    pass(3_000);
    linxo.synchronise(id, []);

    expect(now()).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
  });
});

describe('what the replaced script has not left', () => {
  test.each(['RUNNING', 'CHALLENGE_REQUIRED'])('a published %s stays', (status) => {
    const connection = synchronised();
    const { linxo, pass, id, now } = connection;
    linxo.synchronise(id);
    pass(3_000);
    linxo.publish(id, { channel: 'EMBEDDED', status });
    linxo.synchronise(id, REDIRECT_ENDS);
    pass(600_000);

    expect(now()).toMatchObject({ EMBEDDED: status });
  });

  test('the RUNNING of a script that never ends it stays after its last step', () => {
    const { linxo, pass, id, now } = synchronised();
    linxo.synchronise(id, [{ after: 5, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' }]);
    pass(5);
    linxo.synchronise(id, [{ after: 100, channel: 'REDIRECT', event: 'LIST_ACCOUNTS' }]);
    pass(50);
    linxo.synchronise(id, REDIRECT_ENDS);
    pass(600_000);

    expect(now()).toEqual({ connection: 'RUNNING', REDIRECT: 'SUCCESS', EMBEDDED: 'RUNNING' });
  });
});
