import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/testing/index.ts';
import { asking } from './fixtures/ask.ts';

const COMMAND = { type: 'getNumberOfInsights' };

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

async function statusWith(sandbox: Sandbox, token: string): Promise<number> {
  return (await asking(sandbox, token)('pserver', COMMAND)).status;
}

test('an unknown token is refused, and so is one of another sandbox', async () => {
  const sandbox = createSandbox();

  expect(await statusWith(sandbox, 'abc')).toBe(401);
  expect(await statusWith(sandbox, createSandbox().issueToken())).toBe(401);
});

test('tokens are fresh, and valid at the same time', async () => {
  const sandbox = createSandbox();
  const tokens = Array.from({ length: 16 }, () => sandbox.issueToken());

  expect(new Set(tokens).size).toBe(16);
  for (const token of tokens) expect(await statusWith(sandbox, token)).toBe(200);
});

test('a token beyond the limit makes the oldest stale', async () => {
  const sandbox = createSandbox({ liveTokens: 2 });
  const [first = '', second = '', third = ''] = [1, 2, 3].map(() => sandbox.issueToken());

  expect(await statusWith(sandbox, first)).toBe(401);
  expect(await statusWith(sandbox, second)).toBe(200);
  expect(await statusWith(sandbox, third)).toBe(200);
});

test('rotation makes all earlier ones stale', async () => {
  const sandbox = createSandbox();
  const earlier = [sandbox.issueToken(), sandbox.issueToken()];
  const fresh = sandbox.rotateTokens();

  for (const token of earlier) expect(await statusWith(sandbox, token)).toBe(401);
  expect(await statusWith(sandbox, fresh)).toBe(200);
});

test('a revoked token is stale, and the others stay valid', async () => {
  const sandbox = createSandbox();
  const [revoked, other] = [sandbox.issueToken(), sandbox.issueToken()];
  sandbox.revokeToken(revoked);

  const response = await asking(sandbox, revoked)('pserver', COMMAND);

  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ statusMessage: 'The authToken header is stale.' });
  expect(await statusWith(sandbox, other)).toBe(200);
});

test('a token is valid for its lifetime, on the clock of `Date.now`', async () => {
  const sandbox = createSandbox({ tokenLifetime: 60_000 });
  const token = sandbox.issueToken();

  vi.setSystemTime(Date.now() + 59_999);
  expect(await statusWith(sandbox, token)).toBe(200);
  vi.setSystemTime(Date.now() + 1);
  expect(await statusWith(sandbox, token)).toBe(401);
});
