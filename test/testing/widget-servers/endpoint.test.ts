import { expect, test } from 'vitest';
import type { ServerName } from '../../../src/index.ts';
import { createSandbox } from '../../../src/testing/index.ts';
import { asking } from '../fixtures/ask.ts';

const SERVERS: ServerName[] = ['pserver', 'enrich', 'ob'];

test.each(SERVERS)('%s answers an unknown command with a JSON 404', async (server) => {
  const ask = asking(createSandbox());
  for (const type of ['getEverything', 'constructor', '__proto__', 'toString']) {
    const response = await ask(server, `{"type":"${type}"}`);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ ok: false, status: '404', statusMessage: expect.any(String) });
  }
});

test.each(SERVERS)('%s answers an invalid command with a JSON 400', async (server) => {
  const ask = asking(createSandbox());
  for (const body of [
    '',
    'getInsights',
    '{',
    '[]',
    'null',
    '"getInsights"',
    '{}',
    '{"type":""}',
    '{"type":1}',
  ]) {
    const response = await ask(server, body);

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ ok: false, status: '400', statusMessage: expect.any(String) });
  }
});

test('an answer is UTF-8 JSON that must not be cached', async () => {
  const response = await asking(createSandbox())('ob', { type: 'getFinancialInstitutions', query: 'žků' });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect((await response.json()).institutions[0].name).toBe('Spořitelna U Tří Ježků');
});

test('the servers also work without HTTP', () => {
  const { pserver, enrich, ob } = createSandbox();

  expect(pserver.execute({ type: 'getInsights' })).toMatchObject({ ok: true, insights: pserver.insights });
  expect(enrich.execute({ type: 'getUserSubscriptions' })).toMatchObject({
    ok: true,
    subscriptions: enrich.subscriptions,
  });
  expect(ob.execute({ type: 'getAccounts' })).toMatchObject({ ok: true, accounts: ob.accounts });
});
