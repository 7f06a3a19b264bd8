import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSandbox, type Fault, type Push, type Sandbox } from '../../../src/testing/index.ts';
import { type Ask, asking, until } from '../fixtures/ask.ts';

const COMMAND = { type: 'getNumberOfInsights' };
const REPLY = expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 });
const WITH_ID = { headers: { 'x-request-id': '17' } };

let sandbox: Sandbox;
let ask: Ask;
let pushed: Push[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  pushed = [];
  sandbox = createSandbox({ onPush: (push) => pushed.push(push) });
  ask = asking(sandbox);
});
afterEach(() => vi.useRealTimers());

function askWith(fault: Fault, extras = {}): Promise<Response> {
  sandbox.fault(fault);
  return ask('pserver', COMMAND, extras);
}

/** Whether a promise is still pending after all microtasks. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  promise.then(() => {
    pending = false;
  });
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return pending;
}

describe('kinds', () => {
  test('slow: the answer comes after the delay, not before', async () => {
    const answer = askWith({ kind: 'slow', ms: 500 });
    await until(() => vi.getTimerCount() === 1);

    vi.advanceTimersByTime(499);
    expect(await isPending(answer)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await (await answer).json()).toEqual(REPLY);
  });

  test('slow: the delay ends when the client disconnects', async () => {
    const client = new AbortController();
    const answer = askWith({ kind: 'slow', ms: 500 }, { signal: client.signal });
    await until(() => vi.getTimerCount() === 1);

    client.abort();
    await answer;
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ['json', 500, 'application/json; charset=utf-8'],
    ['html', 502, 'text/html; charset=utf-8'],
    ['empty', 503, null],
  ] as const)('error: the body is %s', async (body, status, type) => {
    const response = await askWith({ kind: 'error', status, body });

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.has('retry-after')).toBe(false);
    const text = await response.text();
    if (body === 'json') {
      expect(JSON.parse(text)).toEqual({ ok: false, status: '500', statusMessage: expect.any(String) });
    }
    if (body === 'html') expect(text).toMatch(/^<!doctype html>/);
    if (body === 'empty') expect(text).toBe('');
  });

  test('error: 500 with JSON by default, and an optional Retry-After', async () => {
    const response = await askWith({ kind: 'error', retryAfter: 30 });

    expect(response.status).toBe(500);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(await response.json()).toMatchObject({ ok: false, status: '500' });
  });

  test('never: no answer until the client disconnects', async () => {
    const client = new AbortController();
    const answer = askWith({ kind: 'never' }, { signal: client.signal });

    expect(await isPending(answer)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(sandbox.log).toMatchObject([{ fault: 'never', status: undefined }]);
    client.abort();
    expect((await answer).type).toBe('error');
  });

  test('twice: answered at once, and again over the push channel', async () => {
    const response = await askWith({ kind: 'twice', ms: 40 }, WITH_ID);

    expect(await response.json()).toEqual(REPLY);
    vi.advanceTimersByTime(39);
    expect(pushed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(pushed).toEqual([{ requestId: '17', server: 'pserver', response: REPLY }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('late: the reply is pushed, and there is no HTTP answer', async () => {
    const answer = askWith({ kind: 'late', ms: 900 }, WITH_ID);
    await until(() => vi.getTimerCount() === 1);

    vi.advanceTimersByTime(899);
    expect(pushed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(pushed).toEqual([{ requestId: '17', server: 'pserver', response: REPLY }]);
    expect(await isPending(answer)).toBe(true);
  });

  test('late: the reply is pushed even if the client has disconnected', async () => {
    const client = new AbortController();
    const answer = askWith({ kind: 'late', ms: 900 }, { ...WITH_ID, signal: client.signal });
    await until(() => vi.getTimerCount() === 1);

    client.abort();
    await answer;
    vi.advanceTimersByTime(900);
    expect(pushed).toHaveLength(1);
  });

  test('nothing is pushed for a request without an x-request-id', async () => {
    await askWith({ kind: 'twice', ms: 0 });

    expect(vi.getTimerCount()).toBe(0);
    expect(pushed).toEqual([]);
  });

  test('garbage: 200 with HTML', async () => {
    const response = await askWith({ kind: 'garbage' });

    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  test('network: a connection error', async () => {
    expect((await askWith({ kind: 'network' })).type).toBe('error');
  });

  test('stale-token: the token of this request is revoked, a fresh one is good', async () => {
    const response = await askWith({ kind: 'stale-token' });

    expect(response.status).toBe(401);
    expect((await ask('pserver', COMMAND)).status).toBe(401);
    expect((await asking(sandbox)('pserver', COMMAND)).status).toBe(200);
  });

  test('base64: of UTF-8 JSON', async () => {
    sandbox.fault({ kind: 'base64' });
    const response = await ask('ob', { type: 'getFinancialInstitutions', query: 'zolwik' });

    expect(response.status).toBe(200);
    const text = Buffer.from(await response.text(), 'base64').toString('utf8');
    expect(JSON.parse(text)).toMatchObject({ ok: true, institutions: [{ name: 'Bank Żółwik i Spółka' }] });
  });
});

test.each([
  ['network', 2],
  ['twice', 2],
  ['base64', 2],
  ['error', 4],
  ['garbage', 4],
  ['stale-token', 4],
] as const)(
  '%s: a command takes effect if only the answer is lost or odd, not if the server fails',
  async (kind, left) => {
    sandbox.fault({ kind });

    await ask('ob', { type: 'deleteAccountByInstituionLoginId', institutionLoginId: 'login-1' });

    expect(sandbox.ob.accounts).toHaveLength(left);
  },
);

test('after close nothing is pushed, and all timers are cleared', async () => {
  await askWith({ kind: 'twice', ms: 40 }, WITH_ID);

  sandbox.close();

  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(40);
  expect(pushed).toEqual([]);

  await askWith({ kind: 'twice', ms: 40 }, WITH_ID);
  expect(vi.getTimerCount()).toBe(0);
});
