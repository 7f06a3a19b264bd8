import { expect, test } from 'vitest';
import type { CorsOptions } from '../../../src/testing/index.ts';
import { client, TOPICS } from './fixtures/client.ts';

const PAGE = 'https://www.bank.example';

function corsOf(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => /^access-control-|^vary$/.test(name)));
}

function preflight(cors: CorsOptions | false, origin: string = PAGE) {
  return client({ linxo: { cors } }).call('OPTIONS', '/linxo/queues/subscribe', {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-secret',
    },
  });
}

test('by default there are no CORS headers', async () => {
  const { call, subscribe } = client();

  const { headers } = await call('GET', `/linxo/queues/${await subscribe()}`, { headers: { origin: PAGE } });
  expect(corsOf(headers)).toEqual({});
  expect((await preflight(false)).status).toBe(405);
});

test('a preflight gets what is allowed, not what it requests', async () => {
  const response = await preflight({ origins: [PAGE] });

  expect(response.status).toBe(204);
  expect(corsOf(response.headers)).toEqual({
    'access-control-allow-origin': PAGE,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
    vary: 'origin',
  });
});

test('each rule can be set', async () => {
  const response = await preflight({
    origins: ['https://other.example', PAGE],
    allowedHeaders: ['x-csrf'],
    maxAge: false,
    credentials: true,
  });

  expect(corsOf(response.headers)).toEqual({
    'access-control-allow-origin': PAGE,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'x-csrf',
    'access-control-allow-credentials': 'true',
    vary: 'origin',
  });
});

test('a preflight needs no token, is in the log, and consumes no fault', async () => {
  const { call, sandbox, read } = client({ linxo: { cors: { origins: [PAGE] } } });
  sandbox.fault({ kind: 'network', server: 'linxo' });

  expect((await call('OPTIONS', '/linxo/queues/x', { headers: { authorization: '' } })).status).toBe(204);
  expect((await read('x')).type).toBe('error');
  expect(sandbox.log).toMatchObject([
    { server: 'linxo', type: 'preflight', token: 'missing', status: 204, fault: undefined },
    { type: 'queue', fault: 'network' },
  ]);
});

test('another origin is allowed by neither', async () => {
  const cors = { origins: [PAGE] };
  const { call } = client({ linxo: { cors } });

  expect(corsOf((await preflight(cors, 'https://evil.example')).headers)).toEqual({ vary: 'origin' });
  const { headers } = await call('GET', '/linxo/connections', {
    headers: { origin: 'https://evil.example' },
  });
  expect(corsOf(headers)).toEqual({ vary: 'origin' });
});

test('any origin can be allowed', async () => {
  expect(corsOf((await preflight({ origins: ['*'] }, 'https://any.example')).headers)).toMatchObject({
    'access-control-allow-origin': '*',
  });
});

test('any origin together with cookies is rejected, as in every browser', () => {
  expect(() => client({ linxo: { cors: { origins: ['*'], credentials: true } } })).toThrow(
    '"linxo.cors.credentials" must be false if any origin is allowed, not true.',
  );
});

test('every answer exposes its headers, even refusals and faults', async () => {
  const { call, sandbox, subscribe, happen } = client({ linxo: { cors: { origins: [PAGE] } } });
  const queue = await subscribe();
  const headers = { origin: PAGE };
  const read = () => call('GET', `/linxo/queues/${queue}`, { headers });
  const responses = [await read()];
  happen('A');
  responses.push(await read());
  responses.push(await call('POST', '/linxo/queues/subscribe', { headers, body: TOPICS }));
  responses.push(await call('GET', '/linxo/connections', { headers: { ...headers, authorization: '' } }));
  sandbox.fault({ kind: 'error', status: 503, retryAfter: 1 });
  responses.push(await read());
  sandbox.fault({ kind: 'garbage' });
  responses.push(await read());

  expect(responses.map(({ status }) => status)).toEqual([204, 200, 201, 401, 503, 200]);
  for (const response of responses) {
    expect(corsOf(response.headers)).toEqual({
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': 'location, retry-after, date',
      vary: 'origin',
    });
  }
});

test('the exposed headers can be set, even to none', async () => {
  const exposed = async (exposedHeaders: readonly string[]) => {
    const { call } = client({ linxo: { cors: { origins: [PAGE], exposedHeaders } } });
    const { headers } = await call('GET', '/linxo/connections', { headers: { origin: PAGE } });
    return headers.get('access-control-expose-headers');
  };

  expect(await exposed(['location'])).toBe('location');
  expect(await exposed([])).toBeNull();
});
