import { expect, test } from 'vitest';
import { BanksideError } from '../src/index.ts';
import { pageFunction, turn, waiting } from './fixtures/page-function.ts';

test('T2 one user’s refreshed token is never the answer to the next one’s 401, also after a request that waited was aborted', async () => {
  const { source, calls, call } = pageFunction();
  const refreshed = source.replace('of A', waiting());
  await turn();
  call(0).answer('fresh of A');
  await refreshed;
  const impatient = new AbortController();
  const left = source.get(impatient.signal);
  const stays = source.get(waiting());
  impatient.abort(timeout());
  await expect(left).rejects.toThrow();
  call(1).answer('of B');
  expect(await stays).toBe('of B');

  const replaced = source.replace('of B', waiting());
  await turn();

  expect(calls.map(({ rejected }) => rejected)).toEqual(['of A', undefined, 'of B']);
  call(2).answer('fresh of B');
  expect(await replaced).toBe('fresh of B');
});

test.each<[string, (end: { answer(token: unknown): void; fail(error: unknown): void }) => void]>([
  ['is still to come', () => {}],
  ['failed', ({ fail }) => fail(new Error('no session'))],
  ['is no token', ({ answer }) => answer('')],
])('T2 a token that was known before the newest call is not used, though the call %s', async (_what, end) => {
  const { source, calls, call } = pageFunction();
  const refreshed = source.replace('of A', waiting());
  await turn();
  call(0).answer('fresh of A');
  await refreshed;
  source.get(waiting()).catch(() => {});
  end(call(1));
  await turn();

  const replaced = source.replace('late of B', waiting());
  await turn();
  if (calls.length === 2) call(1).answer('of B');
  await turn();

  expect(call(2).rejected).toBe('late of B');
  call(2).answer('fresh of B');
  expect(await replaced).toBe('fresh of B');
});

test('T2 a token that was known before an aborted call is not used', async () => {
  const { source, calls, call } = pageFunction();
  const refreshed = source.replace('of A', waiting());
  await turn();
  call(0).answer('fresh of A');
  await refreshed;
  const leaver = new AbortController();
  const left = source.get(leaver.signal);
  leaver.abort('gone');
  await expect(left).rejects.toBe('gone');

  const replaced = source.replace('of B', waiting());
  await turn();
  expect(calls).toHaveLength(3);
  call(2).answer('fresh of B');
  expect(await replaced).toBe('fresh of B');
});

test('T2 a late token of an aborted call does not restore an older one', async () => {
  const { source, calls, call } = pageFunction();
  const impatient = new AbortController();
  const left = source.replace('of A', impatient.signal);
  const stays = source.replace('of A', waiting());
  await turn();
  impatient.abort(timeout());
  await expect(left).rejects.toThrow();
  const ordinary = source.get(waiting());
  call(1).answer('of B');
  expect(await ordinary).toBe('of B');

  call(0).answer('fresh of A');
  expect(await stays).toBe('fresh of A'); // who asked as A

  const replaced = source.replace('of B', waiting());
  await turn();
  expect(calls.map(({ rejected }) => rejected)).toEqual(['of A', undefined, 'of B']);
  call(2).answer('fresh of B');
  expect(await replaced).toBe('fresh of B');
});

test('T2 the token of an aborted call is not known, also without a newer call', async () => {
  const { source, calls, call } = pageFunction();
  const impatient = new AbortController();
  const left = source.replace('old', impatient.signal);
  const stays = source.replace('old', waiting());
  await turn();
  impatient.abort(timeout());
  await expect(left).rejects.toThrow();
  call(0).answer('late');
  expect(await stays).toBe('late');

  const replaced = source.replace('old', waiting());
  await turn();
  expect(calls).toHaveLength(2);
  call(1).answer('new');
  expect(await replaced).toBe('new');
});

test('T2 what is known is forgotten with the end of the last request', async () => {
  const { source, calls, call } = pageFunction();
  const [endFirst, endSecond] = [source.startRequest(), source.startRequest()];
  const refreshed = source.replace('old', waiting());
  await turn();
  call(0).answer('new');
  await refreshed;

  endFirst();
  endFirst(); // each ends once
  expect(await source.replace('old', waiting())).toBe('new');
  endSecond();

  const replaced = source.replace('old', waiting());
  await turn();
  expect(calls).toHaveLength(2);
  call(1).answer('newer');
  expect(await replaced).toBe('newer');
});

test('T2 a request that begins where another ends keeps what is known', async () => {
  const { source, calls, call } = pageFunction();
  const end = source.startRequest();
  const refreshed = source.replace('old', waiting());
  await turn();
  call(0).answer('new');
  await refreshed;
  source.startRequest();
  end();

  expect(await source.replace('old', waiting())).toBe('new');
  expect(calls).toHaveLength(1);
});

function timeout(): BanksideError<'TIMEOUT'> {
  const request = { requestId: 1, server: 'pserver', type: undefined } as const;
  return new BanksideError('TIMEOUT', 'It took too long', { ...request, elapsed: 100, timeout: 100 });
}
