import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../../examples/sandbox/server.js';
import { send } from '../../harness/send.ts';
import { serving } from './fixtures/serving.ts';

const REAL = {
  BANKSIDE_PSERVER_URL: 'https://insights.bank.example/execute',
  BANKSIDE_ENRICH_URL: 'http://localhost:9090/enrich',
  BANKSIDE_OB_URL: 'http://[::1]:9090/ob',
};
const TOKEN = { BANKSIDE_TOKEN_URL: 'https://www.bank.example/session/token' };
const QUEUE = { BANKSIDE_QUEUE_URL: 'https://connect.bank.example/v3' };
const QUEUE_TOKEN = { BANKSIDE_QUEUE_TOKEN_URL: 'https://www.bank.example/session/access-token' };

async function configOf(env: Record<string, string>): Promise<unknown> {
  const { url } = await serving({ env });
  return (await fetch(`${url}/config.json`)).json();
}

test('real end points are a matter of configuration alone', async () => {
  expect(await configOf({ ...REAL, ...TOKEN, BANKSIDE_BANK_ID: 'elsewhere-1' })).toEqual({
    endpoints: {
      pserver: REAL.BANKSIDE_PSERVER_URL,
      enrich: REAL.BANKSIDE_ENRICH_URL,
      ob: REAL.BANKSIDE_OB_URL,
    },
    tokenUrl: TOKEN.BANKSIDE_TOKEN_URL,
    queue: null,
    headers: { bankId: 'elsewhere-1' },
    sandbox: false,
  });
});

test('with a gateway the page has no token', async () => {
  expect(await configOf({ ...REAL, BANKSIDE_AUTH: 'gateway' })).toMatchObject({
    tokenUrl: null,
    sandbox: false,
  });
});

test('the sandbox has a gateway, too', async () => {
  expect(await configOf({ BANKSIDE_AUTH: 'gateway' })).toEqual({
    endpoints: { pserver: '/gateway/pserver', enrich: '/gateway/enrich', ob: '/gateway/ob' },
    tokenUrl: null,
    queue: { baseUrl: '/gateway/linxo', tokenUrl: null },
    headers: {},
    sandbox: true,
  });
});

test('a server that was given no address has none: the sandbox never mixes with real ones', async () => {
  const { BANKSIDE_OB_URL } = REAL;

  expect(await configOf({ BANKSIDE_OB_URL, ...TOKEN })).toMatchObject({
    endpoints: { ob: BANKSIDE_OB_URL },
    sandbox: false,
  });
  expect(await configOf({ BANKSIDE_OB_URL, ...TOKEN })).not.toHaveProperty('endpoints.pserver');
});

test('a real queue is a matter of configuration as well, alone or beside the servers', async () => {
  const queue = { baseUrl: QUEUE.BANKSIDE_QUEUE_URL, tokenUrl: QUEUE_TOKEN.BANKSIDE_QUEUE_TOKEN_URL };

  expect(await configOf({ ...QUEUE, ...QUEUE_TOKEN })).toEqual({
    endpoints: {},
    tokenUrl: null,
    queue,
    headers: {},
    sandbox: false,
  });
  expect(await configOf({ ...REAL, ...TOKEN, ...QUEUE, ...QUEUE_TOKEN })).toMatchObject({
    endpoints: { ob: REAL.BANKSIDE_OB_URL },
    tokenUrl: TOKEN.BANKSIDE_TOKEN_URL,
    queue,
  });
});

test('a gateway adds the token of a real queue, too', async () => {
  expect(await configOf({ ...QUEUE, BANKSIDE_AUTH: 'gateway' })).toMatchObject({
    queue: { baseUrl: QUEUE.BANKSIDE_QUEUE_URL, tokenUrl: null },
    sandbox: false,
  });
});

test('the page may reach the origins of a real queue and of its tokens, and no others', async () => {
  const { url } = await serving({ env: { ...QUEUE, ...QUEUE_TOKEN } });
  const policy = (await fetch(url)).headers.get('content-security-policy');

  expect(policy).toContain("connect-src 'self' https://connect.bank.example https://www.bank.example;");
});

test('with real end points the sandbox is not there', async () => {
  const server = await serving({ env: { ...REAL, ...TOKEN } });

  expect(server.sandbox).toBeUndefined();
  for (const path of [
    '/session/token',
    '/session/access-token',
    '/pserver/execute',
    '/gateway/ob',
    '/linxo/queues/subscribe',
    '/sandbox/faults',
    '/sandbox/synchronisations',
  ]) {
    expect((await send(server, path, { method: 'POST', body: '{}' })).status).toBe(405);
    expect((await send(server, path)).status).toBe(404);
  }
  expect((await send(server, '/sandbox/replies')).status).toBe(404);
});

test('addresses may be paths, for a proxy in front of this server; blank values count as not set', async () => {
  const env = {
    BANKSIDE_PSERVER_URL: ' /api/pserver ',
    BANKSIDE_ENRICH_URL: ' ',
    BANKSIDE_TOKEN_URL: '/api/token',
  };

  expect(await configOf(env)).toMatchObject({
    endpoints: { pserver: '/api/pserver' },
    tokenUrl: '/api/token',
  });
});

test.each([
  ['BANKSIDE_PSERVER_URL', 'http://bank.example/execute', 'http://bank.example/…'],
  ['BANKSIDE_PSERVER_URL', 'ftp://bank.example/', 'ftp://bank.example/…'],
  ['BANKSIDE_PSERVER_URL', 'https://me:hunter2@bank.example/', 'https://…@bank.example/…'],
  ['BANKSIDE_PSERVER_URL', '//bank.example', 'something else, 14 characters long'],
  ['BANKSIDE_PSERVER_URL', '/\\bank.example', 'something else, 14 characters long'],
  ['BANKSIDE_ENRICH_URL', 'javascript:alert(document.cookie)', 'something else, 33 characters long'],
  ['BANKSIDE_OB_URL', 'bank', '"bank"'],
  ['BANKSIDE_OB_URL', 'http://localhost.bank.example/', 'http://localhost.bank.example/…'],
  ['BANKSIDE_OB_URL', 'http://127.0.0.1.bank.example/', 'http://127.0.0.1.bank.example/…'],
  ['BANKSIDE_QUEUE_URL', 'http://connect.bank.example/v3', 'http://connect.bank.example/…'],
  ['BANKSIDE_QUEUE_TOKEN_URL', 'https://www.bank.example/t', 'https://www.bank.example/…'],
  ['BANKSIDE_AUTH', 'cookie', '"cookie"'],
  ['BANKSIDE_AUTH', 'Bearer-1234567890', 'something else, 17 characters long'],
  ['BANKSIDE_BANK_ID', 'a\nb', '"a\\nb"'],
  ['PORT', '65536', '"65536"'],
  ['PORT', '80a', '"80a"'],
  ['HOST', 'here there', '"here there"'],
  ['ALLOWED_HOSTS', 'a.example,*', '"a.example,*"'],
])('%s=%j is refused by its name', async (variable, value, shown) => {
  const started = startServer({ env: { ...REAL, ...TOKEN, [variable]: value } });

  await expect(started).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringMatching(new RegExp(`^${variable} must be .+, but it is `)),
  });
  await expect(started).rejects.toThrow(`but it is ${shown}.`);
});

test('names of a proxy in front of this server may be allowed, and no others are answered', async () => {
  const server = await startServer({
    port: 0,
    env: { ALLOWED_HOSTS: 'dev.bank.example, other.example:8080' },
  });
  onTestFinished(() => server.close());
  for (const [host, status] of [
    ['dev.bank.example', 200],
    ['other.example:8080', 200],
    ['other.example', 403],
    ['evil.example', 403],
  ] as const)
    expect(await send(server, '/config.json', { headers: { host } })).toMatchObject({ status });
});

test('no refusal shows what might be a secret, or takes more than a line', async () => {
  const secret = 'hunter2-hunter2';
  const values = [
    secret,
    `https://me:${secret}@bank.example/`,
    `http://bank.example/?key=${secret}`,
    `a\n${secret}`,
  ];
  for (const variable of ['BANKSIDE_PSERVER_URL', 'BANKSIDE_TOKEN_URL', 'BANKSIDE_AUTH', 'PORT']) {
    for (const value of values) {
      const error = await startServer({ env: { ...REAL, ...TOKEN, [variable]: value } }).catch(
        (e: Error) => e,
      );
      expect(error).toMatchObject({ name: 'ConfigError' });
      expect((error as Error).message).not.toMatch(/hunter2|\n/);
    }
  }
});

test.each([
  ['TOKEN', 'real end points without a way to a token', REAL, 'not set'],
  ['TOKEN', 'a real token for the sandbox', TOKEN, 'https://www.bank.example/…'],
  [
    'TOKEN',
    'a real token for a queue alone',
    { ...QUEUE, ...QUEUE_TOKEN, ...TOKEN },
    'https://www.bank.example/…',
  ],
  [
    'TOKEN',
    'a token where the gateway adds it',
    { ...REAL, ...TOKEN, BANKSIDE_AUTH: 'gateway' },
    'https://www.bank.example/…',
  ],
  ['QUEUE_TOKEN', 'a real queue without a way to a token', QUEUE, 'not set'],
  ['QUEUE_TOKEN', 'a real token for the sandbox’s queue', QUEUE_TOKEN, 'https://www.bank.example/…'],
  [
    'QUEUE_TOKEN',
    'a queue’s token where the gateway adds it',
    { ...QUEUE, ...QUEUE_TOKEN, BANKSIDE_AUTH: 'gateway' },
    'https://www.bank.example/…',
  ],
])('BANKSIDE_%s_URL: %s is refused', async (name, _what, env, shown) => {
  await expect(startServer({ env })).rejects.toThrow(new RegExp(`^BANKSIDE_${name}_URL must be `));
  await expect(startServer({ env })).rejects.toThrow(`but it is ${shown}.`);
});
