import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { asJson } from '../../../src/index.ts';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';
import { bridgeOverHttp, READ } from '../fixtures/bridge-over-http.ts';
import type { Context } from '../fixtures/page-token.ts';

// The bridge against the servers that the package gives to those who test with it.

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox({ liveTokens: 1 });
  server.resetHandlers(...sandbox.handlers);
});

const endpoints = {
  pserver: 'https://bank.example/pserver/execute',
  enrich: 'https://bank.example/enrich/execute',
  ob: 'https://bank.example/ob/execute',
};

test('T2 tokens that are revoked again and again are followed, with one refresh at a time', async () => {
  let session = sandbox.issueToken();
  const authToken = vi.fn(({ rejected }: Context) => {
    if (rejected === session) session = sandbox.issueToken();
    return session;
  });
  const { ask, outcomes } = bridgeOverHttp({ endpoints, authToken });

  for (let round = 0; round < 3; round += 1) {
    sandbox.rotateTokens();
    const replies = await Promise.all([ask(READ), ask({ type: 'getNumberOfInsights' })]);
    expect(replies).toMatchObject([{ ok: true }, { ok: true }]);
  }

  expect(outcomes).toEqual(Array(6).fill('reply'));
  expect(authToken.mock.calls.filter(([{ rejected }]) => rejected !== undefined)).toHaveLength(3);
});

test('T4 what the server refuses reaches the widget in its own words', async () => {
  const wired = bridgeOverHttp({ endpoints, authToken: sandbox.issueToken() });

  expect(await wired.ask({ type: 'noSuchCommand' })).toMatchObject({ ok: false, status: '404' });

  expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 404 } });
  expect(sandbox.log).toMatchObject([{ type: 'noSuchCommand', status: 404, token: 'good' }]);
});

test('B11 Base64 is read, and reaches the widget in the form that it wants', async () => {
  sandbox.fault({ kind: 'base64' });
  const { ask } = bridgeOverHttp({ endpoints, authToken: sandbox.issueToken() }, { reply: asJson });

  const reply = await ask({ type: 'getFinancialInstitutions', query: 'zolwik' }, {}, 'ob');

  expect(JSON.parse(reply as string)).toMatchObject({ institutions: [{ name: 'Bank Żółwik i Spółka' }] });
});

test('T3 a broken connection is no matter for what only reads', async () => {
  sandbox.fault({ kind: 'network' });
  const { ask } = bridgeOverHttp({ endpoints, authToken: sandbox.issueToken() });

  expect(await ask(READ)).toMatchObject({ ok: true });

  expect(sandbox.log).toHaveLength(2);
});

test('T1 the back end that adds the token is asked without one', async () => {
  const gateway = { pserver: 'https://bank.example/gateway/pserver' };
  const { ask } = bridgeOverHttp({ endpoints: gateway, authToken: false });

  expect(await ask(READ)).toMatchObject({ ok: true });

  expect(sandbox.log).toMatchObject([{ via: 'gateway', token: 'good' }]);
});
