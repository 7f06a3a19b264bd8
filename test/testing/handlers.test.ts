import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from '../../src/testing/index.ts';
import { eventually } from '../harness/eventually.ts';

const sandbox = createSandbox();
const server = setupServer(...sandbox.handlers);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

function fetchInsights(init: RequestInit = {}): Promise<Response> {
  return fetch('https://bank.example/widget/pserver/execute', {
    method: 'POST',
    headers: { authToken: sandbox.issueToken() },
    body: '{"type":"getInsights"}',
    ...init,
  });
}

test('the handlers answer an ordinary fetch, at any address that ends in the route', async () => {
  expect(await (await fetchInsights()).json()).toMatchObject({ ok: true, insights: { length: 6 } });
});

test('a connection error rejects the fetch', async () => {
  sandbox.fault({ kind: 'network' });

  await expect(fetchInsights()).rejects.toThrow(TypeError);
});

test('a fetch that is never answered can be aborted', async () => {
  sandbox.fault({ kind: 'never' });
  const client = new AbortController();
  const answer = fetchInsights({ signal: client.signal });
  await eventually(() => sandbox.log.at(-1)?.fault).toBe('never');

  client.abort();

  await expect(answer).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});
