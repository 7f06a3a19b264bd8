import { expect, test } from 'vitest';
import { describeEvents, eventsOf, model, truth } from './fixtures/ticking.ts';

function challenged() {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, 'sms-challenge');
  pass(20_000);
  return { linxo, pass, id, queue };
}

test('the challenge fails the connection after the other channel has ended, which does not wait', () => {
  const { linxo, id, queue } = challenged();

  expect(truth(linxo, id)).toEqual({
    connection: 'FAILED',
    REDIRECT: 'SUCCESS',
    EMBEDDED: 'CHALLENGE_REQUIRED',
  });
  expect(linxo.isSynchronising(id)).toBe(true);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toContain('CHALLENGE_REQUIRED EMBEDDED');
});

test('after an answer, it continues to its end', () => {
  const { linxo, pass, id, queue } = challenged();
  eventsOf(linxo, queue);

  expect(linxo.answerChallenge(id)).toBe(true);
  pass(500);
  expect(truth(linxo, id)).toMatchObject({ connection: 'RUNNING', EMBEDDED: 'RUNNING' });
  pass(600_000);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual([
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

  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['AUTH_FAILED EMBEDDED']);
  expect(truth(linxo, id)).toMatchObject({ connection: 'FAILED', EMBEDDED: 'AUTH_FAILED' });
  expect(linxo.isSynchronising(id)).toBe(false);
});

test('an answer without a challenge, a second one and a late one have no effect', () => {
  const { linxo, pass, id } = challenged();
  expect(linxo.answerChallenge(id)).toBe(true);
  expect(linxo.answerChallenge(id)).toBe(false);

  linxo.synchronise(id, 'sms-challenge');
  expect(linxo.answerChallenge(id)).toBe(false);
  pass(600_000);
  expect(linxo.answerChallenge(id)).toBe(false);
});

test('speed does not shorten the user’s time to answer', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id, 'sms-challenge', { speed: 100 });
  pass(100_000);

  expect(linxo.answerChallenge(id)).toBe(true);
  pass(1_000);
  expect(truth(linxo, id)).toMatchObject({ connection: 'SUCCESS' });
});
