import { expect, test } from 'vitest';
import { createSandbox } from '../../src/testing/index.ts';
import { createRequestLog } from '../../src/testing/request-log.ts';
import { asking, post } from './fixtures/ask.ts';

test('the log has the requests in order', async () => {
  const sandbox = createSandbox();
  const ask = asking(sandbox);
  await ask('pserver', { type: 'getInsights' }, { headers: { 'x-request-id': 'page.12' } });
  await ask('enrich', '{');
  await post(sandbox, '/ob/execute', { type: 'getAccounts' });

  expect(sandbox.log).toEqual([
    {
      at: expect.any(String),
      server: 'pserver',
      via: 'page',
      type: 'getInsights',
      requestId: 'page.12',
      token: 'good',
      fault: undefined,
      status: 200,
    },
    expect.objectContaining({ server: 'enrich', type: undefined, requestId: undefined, status: 400 }),
    expect.objectContaining({ server: 'ob', type: 'getAccounts', token: 'missing', status: 401 }),
  ]);
  const [{ at } = { at: '' }] = sandbox.log;
  expect(new Date(at).toISOString()).toBe(at);
});

test('tokens are never in it, wherever the client put them', async () => {
  const sandbox = createSandbox();
  const [one, other] = [sandbox.issueToken(), sandbox.issueToken()];
  sandbox.revokeToken(other);

  await asking(sandbox, one)(
    'pserver',
    { type: one, authToken: one },
    { headers: { 'x-request-id': `<${one}>` } },
  );
  await asking(sandbox, other)('ob', { type: `get${other.toUpperCase()}` });

  const text = JSON.stringify(sandbox.log).toLowerCase();
  expect(text).not.toContain(one);
  expect(text).not.toContain(other);
  expect(sandbox.log[0]).toMatchObject({ type: '[redacted]', requestId: '<[redacted]>' });
});

test('a token that the sandbox did not issue is not in it either', async () => {
  const sandbox = createSandbox();
  const foreign = 'eyJhbGciOiJub25lIn0';

  await asking(sandbox, foreign)(
    'pserver',
    { type: foreign },
    { headers: { 'x-request-id': `1.${foreign}` } },
  );

  expect(sandbox.log).toMatchObject([{ type: '[redacted]', requestId: '1.[redacted]', token: 'unknown' }]);
});

test('an answer contains no token either', async () => {
  const sandbox = createSandbox();
  const token = sandbox.issueToken();

  for (const type of [token, 'getInsights']) {
    expect(await (await asking(sandbox, token)('pserver', { type })).text()).not.toContain(token);
  }
});

test('it names the fault that applied', async () => {
  const sandbox = createSandbox();
  sandbox.fault({ kind: 'network' });

  await asking(sandbox)('pserver', { type: 'getInsights' });

  expect(sandbox.log).toMatchObject([{ fault: 'network', status: undefined }]);
});

test('its size is limited, and so is each entry', () => {
  const { entries, add } = createRequestLog();
  for (let count = 0; count < 1_003; count += 1) {
    const type = `${count}${'x'.repeat(500)}`;
    add({ server: 'enrich', via: 'page', type, requestId: undefined, token: 'good' }, null);
  }

  expect(entries).toHaveLength(1_000);
  expect(entries[0]?.type).toMatch(/^3x+$/);
  expect(entries[0]?.type).toHaveLength(80);
});

test('it can be cleared', async () => {
  const sandbox = createSandbox();
  await asking(sandbox)('enrich', { type: 'getUserSubscriptions' });
  expect(sandbox.log).toHaveLength(1);
  sandbox.clearLog();
  expect(sandbox.log).toEqual([]);
});
