import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type SandboxServer, startSandboxServer } from '../../../src/testing/server/index.ts';
import { serving } from './fixtures/serving.ts';

/** Pages next to the sandbox, to see who gets them. */
function pages({ url }: Request): Response | undefined {
  return url.endsWith('/page') ? new Response('These are contents') : undefined;
}

let server: SandboxServer;

// One server for all tests of names: they do not change it.
beforeAll(async () => {
  server = await startSandboxServer({ port: 0, pages });
  return () => server.close();
});

/** Sends raw bytes that no client would send, and resolves with the answer. */
function sendRaw({ port }: { port: number }, text: string, address = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    connect(port, address)
      .setEncoding('utf8')
      .on('data', (part: string) => {
        answer += part;
      })
      .on('close', () => resolve(answer))
      .on('error', () => {}) // the connection is closed: the received part is enough
      .end(text);
  });
}

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly more?: readonly string[];
}

function underName(
  name: string,
  { path = '/session/token', method = 'POST', more = [] }: Asked = {},
): string {
  return [`${method} ${path} HTTP/1.1`, `Host: ${name}`, 'Content-Length: 0', ...more, '', ''].join('\r\n');
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

describe('a request under a name that is not the sandbox’s', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    'localhost.evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    'evil.example.:PORT',
    'notlocalhost:PORT',
    'localhost@evil.example:PORT',
    '192.0.2.7:PORT',
    '0.0.0.0:PORT',
    '[::2]:PORT',
    '[::ffff:192.0.2.7]:PORT',
    'localhost:PORT:PORT',
    'localhost:99999',
    'localhost/x',
    'local%68ost:PORT',
    '',
  ])('%j gets no token, no page and no answer of the sandbox', async (name) => {
    const host = name.replaceAll('PORT', String(server.port));
    for (const asked of [
      { path: '/session/token' },
      { path: '/sandbox/faults' },
      { path: '/page', method: 'GET' },
      { path: '/sandbox/log', method: 'GET' },
      { path: '/session/token', more: ['Sec-Fetch-Site: same-origin', `Origin: http://${host}`] },
      { path: '/session/token', method: 'OPTIONS', more: ['Access-Control-Request-Method: POST'] },
      { path: '/nothing', method: 'GET', more: ['Connection: Upgrade', 'Upgrade: websocket'] },
    ]) {
      const answer = await sendRaw(server, underName(host, asked));
      expect([400, 403]).toContain(statusOf(answer));
      expect(answer).not.toMatch(/sandbox-[0-9a-f]|These are contents|allow-origin/i);
    }
  });

  it('gets a hint', async () => {
    const answer = await sendRaw(server, underName('dev.bank.example:80'));
    expect(statusOf(answer)).toBe(403);
    expect(answer).toContain('does not answer to the name dev.bank.example');
    expect(answer).toContain('--allowed-host dev.bank.example');
    expect(answer).toContain('allowedHosts');
  });

  it.each([
    'user@localhost',
    'local%68ost',
    'localhost, evil.example',
    '.localhost',
    'localhost..',
    'localhost:',
  ])('%j is not a name, and the hint does not suggest to allow it', async (host) => {
    const answer = await sendRaw(server, underName(host));
    expect(statusOf(answer)).toBe(400);
    expect(answer).toContain('must name a host');
    expect(answer).not.toContain('--allowed-host');
  });

  it('is refused for pages without a sandbox, too', async () => {
    const server = await startSandboxServer({ port: 0, pages, sandbox: false });
    onTestFinished(() => server.close());
    const asked = { path: '/page', method: 'GET' };
    expect(statusOf(await sendRaw(server, underName('evil.example', asked)))).toBe(403);
    expect(statusOf(await sendRaw(server, underName('localhost', asked)))).toBe(200);
  });

  it.each([
    ['no Host, as HTTP/1.0 allows', 'POST /session/token HTTP/1.0\r\n\r\n'],
    ['no Host', 'POST /session/token HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
    [
      'two of them',
      'POST /session/token HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n',
    ],
    [
      'an address in place of a path',
      'POST http://localhost/session/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n',
    ],
  ])('%s is refused with 400', async (_what, text) => {
    const answer = await sendRaw(server, text);
    expect(statusOf(answer.replace('HTTP/1.0', 'HTTP/1.1'))).toBe(400);
    expect(answer).not.toMatch(/sandbox-[0-9a-f]/);
  });

  it('gets no tunnel, and no answer to a method that pages cannot use', async () => {
    expect(await sendRaw(server, `CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toBe('');
    expect(statusOf(await sendRaw(server, underName('localhost', { method: 'TRACE' })))).toBe(405);
  });
});

describe('the sandbox’s own names', () => {
  it.each([
    'localhost:PORT',
    'LOCALHOST:PORT',
    'localhost.:PORT',
    'app.localhost:PORT',
    '127.0.0.1:PORT',
    '127.9.8.7:PORT',
    '[::1]:PORT',
    '[0:0:0:0:0:0:0:1]:PORT',
    'localhost:5173', // a development server that forwards the request unchanged
    'localhost',
  ])('%s', async (name) => {
    const host = name.replaceAll('PORT', String(server.port));
    expect(statusOf(await sendRaw(server, underName(host)))).toBe(200);
  });

  it('include the allowed ones', async () => {
    const allowedHosts = ['dev.bank.example', 'Other.Example:8080', '192.0.2.7', '[2001:db8::1]'];
    const server = await serving({ allowedHosts });
    const ask = async (host: string) => statusOf(await sendRaw(server, underName(host)));
    for (const host of [
      'dev.bank.example',
      'DEV.bank.example.:9',
      'other.example:8080',
      '192.0.2.7:1',
      '[2001:DB8:0::1]',
    ])
      expect(await ask(host)).toBe(200);
    for (const host of ['bank.example', 'a.dev.bank.example', 'other.example', 'other.example:80'])
      expect(await ask(host)).toBe(403);
  });

  it('include the host that it was started on', async () => {
    const server = await serving({ host: 'localhost' });
    expect((await fetch(`${server.url}/sandbox/log`)).status).toBe(200);
  });

  it('are all addresses, but no other names, if it listens on all of them', async () => {
    const server = await serving({ host: '0.0.0.0' });
    const ask = async (host: string) => statusOf(await sendRaw(server, underName(`${host}:${server.port}`)));
    expect(await ask('0.0.0.0')).toBe(200); // Windows cannot connect to it
    const own = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
    for (const address of [...own, '192.0.2.7'].filter((one) => !one.includes(':')))
      expect(await ask(address)).toBe(200);
    expect(await ask('[2001:db8::1]')).toBe(200);
    expect(await ask('evil.example')).toBe(403);
    expect(await ask('1.2.3.4.evil.example')).toBe(403);
  });

  it.each(['', '*', '.bank.example', 'http://bank.example', 'bank.example/', 'a b', 'bank.example:x', 7])(
    'cannot be %j',
    async (name) => {
      await expect(serving({ allowedHosts: [name as string] })).rejects.toThrow(
        /^startSandboxServer: "allowedHosts\.0" must be a host name, such as dev\.bank\.example/,
      );
    },
  );
});

describe('a stream of replies', () => {
  it('is refused to a foreign page, which could keep streams open forever', async () => {
    const server = await serving({ cors: false });
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await fetch(`${server.url}/sandbox/replies`, { headers })).status).toBe(403);
    const stream = await fetch(`${server.url}/sandbox/replies`);
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
  });

  it.each(['moz-extension://localhost', 'ftp://localhost'])('is refused to a page of %s', async (origin) => {
    const headers = { origin, 'sec-fetch-site': 'cross-site' };
    const response = await fetch(`${server.url}/session/token`, { method: 'POST', headers });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});
