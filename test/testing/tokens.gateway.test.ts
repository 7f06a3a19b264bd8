import { expect, test } from 'vitest';
import { createSandbox } from '../../src/testing/index.ts';
import { eventually } from '../harness/eventually.ts';
import { post } from './fixtures/ask.ts';

test.each([
  ['pserver', 'getInsights', 'insights'],
  ['enrich', 'getUserSubscriptions', 'subscriptions'],
  ['ob', 'getAccounts', 'accounts'],
])('the gateway to %s requires no token of the page', async (server, type, field) => {
  const sandbox = createSandbox();

  const response = await post(sandbox, `/gateway/${server}`, { type });

  expect(response.status).toBe(200);
  expect((await response.json())[field].length).toBeGreaterThan(0);
  expect(sandbox.log).toMatchObject([{ server, type, via: 'gateway', token: 'good', status: 200 }]);
});

test('a token that the page sends anyway is ignored', async () => {
  const sandbox = createSandbox();
  const token = sandbox.issueToken();
  sandbox.revokeToken(token);

  const response = await post(
    sandbox,
    '/gateway/pserver',
    { type: 'getInsights' },
    { headers: { authToken: token } },
  );

  expect(response.status).toBe(200);
});

test('the gateway replaces a stale token, and the page does not notice', async () => {
  const sandbox = createSandbox();
  const ask = () => post(sandbox, '/gateway/pserver', { type: 'getInsights' });
  await ask();
  sandbox.rotateTokens();

  expect((await ask()).status).toBe(200);
  expect(sandbox.log.map(({ status }) => status)).toEqual([200, 401, 200]);
});

test('a token that is revoked during a request is replaced too', async () => {
  const sandbox = createSandbox();
  sandbox.fault({ kind: 'stale-token' });

  expect((await post(sandbox, '/gateway/pserver', { type: 'getInsights' })).status).toBe(200);
  expect(sandbox.log.map(({ status }) => status)).toEqual([401, 200]);
});

test('faults, refusals and pushed replies also come through the gateway', async () => {
  const pushed: string[] = [];
  const sandbox = createSandbox({ onPush: ({ requestId }) => pushed.push(requestId) });
  const ask = (command: object) =>
    post(sandbox, '/gateway/enrich', command, { headers: { 'x-request-id': '7' } });

  sandbox.fault({ kind: 'error', status: 503 });
  expect((await ask({ type: 'getUserSubscriptions' })).status).toBe(503);
  expect((await ask({ type: 'unheard-of' })).status).toBe(404);
  sandbox.fault({ kind: 'twice', ms: 0 });
  expect((await ask({ type: 'getUserSubscriptions' })).status).toBe(200);
  await eventually(() => pushed).toEqual(['7']);
});

test('a token that is refused by a fault of status 401 is tried twice, then passed on', async () => {
  const sandbox = createSandbox();
  sandbox.fault({ kind: 'error', status: 401, count: 2 });

  expect((await post(sandbox, '/gateway/pserver', { type: 'getInsights' })).status).toBe(401);
  expect(sandbox.log).toHaveLength(2);
});
