import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:http2';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { createAuthority } from '../../harness/authority.ts';
import { serveLocally } from '../../harness/local-server.ts';
import { selfSigned } from '../../harness/self-signed.ts';
import { gateway, idsOf, sendTo, TOKENS } from './fixtures/send-to.ts';
import { answerWith, serveBytes, serveSecurely } from './fixtures/servers.ts';
import { serversOfTest } from './fixtures/servers-of-test.ts';

const opened = serversOfTest();
const authority = createAuthority();
const ca = authority.cert;
const right = gateway() as Parameters<typeof serveSecurely>[1];

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function seenAt(url: string, options: Parameters<typeof sendTo>[2] = {}): Promise<readonly string[]> {
  const exchange = await sendTo(`${url}/pserver?secret-query`, {}, options);
  expect(exchange.answer).toBeUndefined();
  expect(JSON.stringify(exchange.findings)).not.toContain('secret-query');
  return exchange.findings.map(({ id, seen }) => `${id}: ${seen}`);
}

async function closedPort(): Promise<string> {
  const server = await serveLocally(() => {});
  await server.close();
  return server.url;
}

it('says that a connection is refused', async () => {
  const url = await closedPort();
  expect(await seenAt(url)).toEqual([`unreachable: The connection was refused: ${new URL(url).host}.`]);
});

it('says that it uses no proxy, where one is set', async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://user:password@proxy.bank.example');
  const [seen] = await seenAt(await closedPort());
  expect(seen).toMatch(/HTTPS_PROXY is set, but this command uses no proxy\.$/);
});

it('says that there is no such host', async () => {
  const [seen] = await seenAt('https://gateway.invalid');
  expect(seen).toMatch(/^unreachable: .*host.*: gateway\.invalid\.$/);
});

it('finds names below localhost on this machine, as browsers do', async () => {
  const url = await opened(serveLocally(gateway()));
  const { port } = new URL(url);
  expect(idsOf(await sendTo(`http://gateway.localhost:${port}/pserver`))).toEqual([]);
});

it.each([
  ['closes the connection', '', /^unreachable: The connection was closed before there was an answer/],
  ['speaks another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', /^not-http: .* something that is not HTTP \(HPE_/],
  ['has no end of its headers', 'HTTP/1.1 200 OK\r\nX-A: b', /^unreachable: The connection was closed/],
  [
    'has too many headers',
    `HTTP/1.1 200 OK\r\nX-A: ${'b'.repeat(300_000)}\r\n\r\n`,
    /^not-http: .* headers of more than 256 kB/,
  ],
])('says that a server %s', async (_, bytes, seen) => {
  const url = await opened(serveBytes(answerWith(bytes)));
  expect(await seenAt(url)).toEqual([expect.stringMatching(seen)]);
});

it('accepts headers of 100 kB and what browsers read leniently', async () => {
  const head = `HTTP/1.1 200 OK\r\nX-A: ${'b'.repeat(100_000)}\r\nContent-Length: 2\r\n\r\n{}`;
  const url = await opened(serveBytes(answerWith(head)));
  const exchange = await sendTo(`${url}/pserver`, {}, { origin: url });
  expect(exchange.findings).toEqual([]);
});

const RIGHT = '{"ok":true}';
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

it.each([
  ['has one length twice', `${OK}Content-Length: 11\r\nContent-Length: 11\r\n\r\n${RIGHT}`],
  ['has one length in a list', `${OK}Content-Length: 11, 11\r\n\r\n${RIGHT}`],
  ['has a negative length', `${OK}Content-Length: -1\r\n\r\n${RIGHT}`],
  ['has a line without a colon', `${OK}junk\r\nContent-Length: 11\r\n\r\n${RIGHT}`],
  ['has a space before a colon', `${OK}X-A : a\r\nContent-Length: 11\r\n\r\n${RIGHT}`],
  ['has a header with an odd name', `${OK}X[A]: a\r\nContent-Length: 11\r\n\r\n${RIGHT}`],
])('finds nothing in an answer that browsers read and Node does not: it %s', async (_, bytes) => {
  const url = await opened(serveBytes(answerWith(bytes)));
  const { findings, answer, unseen } = await sendTo(`${url}/pserver`, {}, { origin: url });
  expect({ findings, answer }).toEqual({ findings: [], answer: undefined });
  expect(unseen).toMatch(/^Node cannot read the headers of the answer, and browsers may \(HPE_/);
});

it('finds nothing in a preflight that browsers read and Node does not, and says so', async () => {
  const url = await opened(
    serveBytes((socket) => {
      socket.once('data', (bytes) => {
        const head = `${bytes}`.startsWith('OPTIONS') ? `${OK}junk` : `${OK}Access-Control-Allow-Origin: *`;
        socket.end(`${head}\r\nContent-Length: 11\r\n\r\n${RIGHT}`);
      });
    }),
  );
  const { findings, answer, unseen } = await sendTo(`${url}/pserver`);
  expect(findings).toEqual([]);
  expect(answer?.text).toBe(RIGHT);
  expect(unseen).toMatch(/^Node cannot read/);
});

it('finds lengths that differ, which browsers refuse too', async () => {
  const bytes = `${OK}Content-Length: 11\r\nContent-Length: 7\r\n\r\n${RIGHT}`;
  const url = await opened(serveBytes(answerWith(bytes)));
  expect(await seenAt(url, { origin: url })).toEqual([expect.stringMatching(/^not-http: /)]);
});

it.each([
  ['after which the connection is closed', answerWith],
  [
    'after which the connection stays',
    (bytes: string) => (socket: Socket) => void socket.once('data', () => socket.write(bytes)),
  ],
])('reads chunks whose lines end in a line feed alone, %s', async (_, answering) => {
  const bytes = `${OK}Transfer-Encoding: chunked\r\n\r\nb\n${RIGHT}\n0\n\n`;
  const url = await opened(serveBytes(answering(bytes)));
  const { findings, answer } = await sendTo(`${url}/pserver`, {}, { origin: url, timeout: 500 });
  expect(findings).toEqual([]);
  expect(answer?.text).toBe(RIGHT);
});

it('says that a server switches to another protocol', async () => {
  const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
  const url = await opened(serveBytes(answerWith(head)));
  expect(await seenAt(url, { origin: url })).toEqual([
    `not-http: ${new URL(url).host} answered with the status 101: it switches to another protocol, which nobody has asked for.`,
  ]);
});

it('says that a server does not finish the TLS handshake', async () => {
  const url = (await opened(serveBytes(() => {}))).replace('http:', 'https:');
  expect(await seenAt(url, { timeout: 300 })).toEqual([
    `no-answer: ${new URL(url).host} accepted the connection, and did not finish the TLS handshake within 0.3 s.`,
  ]);
});

it('says that a port may speak TLS, where a request over plain HTTP gets no answer', async () => {
  const url = (await opened(serveSecurely(authority.issue(), right))).replace('https:', 'http:');
  expect(await seenAt(url)).toEqual([
    expect.stringMatching(/If the port speaks TLS, its address begins with https:\/\/\.$/),
  ]);
});

it('says that the given file does not hold the authority', async () => {
  const url = await opened(serveSecurely(authority.issue(), right));
  expect(await seenAt(url, { ca: createAuthority().cert })).toEqual([
    expect.stringMatching(/^certificate: .* The file of --ca does not hold its authority/),
  ]);
});

it('says that a server does not answer in time', async () => {
  const url = await opened(serveLocally(() => {}));
  expect(await seenAt(url, { origin: url, timeout: 1_000 })).toEqual([
    `no-answer: ${new URL(url).host} accepted the connection, and did not answer within 1 s.`,
  ]);
});

it('advises a newer version than HTTP/1.0', async () => {
  const url = await opened(
    serveBytes(answerWith('HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}')),
  );
  const exchange = await sendTo(`${url}/pserver`, {}, { origin: url });
  expect(idsOf(exchange)).toEqual(['old-http']);
  expect(exchange.answer?.text).toBe('{}');
});

it.each([
  ['both', []],
  ['h2', []],
  ['http/1.1', ['no-http2']],
] as const)('sends over https to a server that offers %s', async (versions, ids) => {
  const arrived: string[] = [];
  const url = await opened(
    serveSecurely(
      authority.issue(),
      (request, response) => {
        arrived.push(`${request.method} ${request.httpVersion} ${request.headers['content-length']}`);
        right(request, response);
      },
      versions,
    ),
  );
  const exchange = await sendTo(`${url}/pserver`, {}, { ca });
  expect(idsOf(exchange)).toEqual(ids);
  expect(exchange.answer?.text).toBe('{"ok":true}');
  expect(arrived[1]).toBe(`POST ${versions === 'http/1.1' ? '1.1' : '2.0'} 22`);
});

it('finds over HTTP/2 that a header came twice', async () => {
  const origin = 'https://www.bank.example';
  const twice = gateway({ answer: { headers: { 'access-control-allow-origin': [origin, origin] } } });
  const url = await opened(serveSecurely(authority.issue(), twice as typeof right));
  expect(idsOf(await sendTo(`${url}/pserver`, {}, { ca }))).toEqual(['origin-twice']);
});

it('sends over HTTP/1.1 what a server of HTTP/2 wants that way, as browsers do', async () => {
  const url = await opened(
    serveSecurely(authority.issue(), (request, response) => {
      if ('stream' in response) response.stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED);
      else right(request, response);
    }),
  );
  expect((await sendTo(`${url}/pserver`, {}, { ca })).answer?.text).toBe('{"ok":true}');
});

it('finds over HTTP/2 that a body is cut', async () => {
  const url = await opened(
    serveSecurely(authority.issue(), (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (!('stream' in response)) return;
      const { stream } = response;
      stream.write('{"ok"', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
    }),
  );
  expect(idsOf(await sendTo(`${url}/pserver`, {}, { ca, origin: url }))).toEqual(['body-cut']);
});

it.each([
  [
    'that it trusts no authority for',
    () => authority.issue(),
    {},
    /is not from an authority that Node trusts.*--ca FILE/,
  ],
  ['that is signed by itself', selfSigned, {}, /is signed by itself.*NODE_EXTRA_CA_CERTS/],
  [
    'that has expired',
    () => authority.issue({ until: new Date('2021-02-03T04:05:06Z') }),
    { ca },
    /has expired on 2021-02-03\.$/,
  ],
  [
    'for another host',
    () => authority.issue({ hosts: ['other.example', '*.bank.example', '10.0.0.1', 'a.example'] }),
    { ca },
    /is for "other\.example", "\*\.bank\.example", "10\.0\.0\.1" and others, not for 127\.0\.0\.1:\d+\.$/,
  ],
])('says of a certificate %s what is wrong, and sends nothing', async (_, identity, options, seen) => {
  const arrived: string[] = [];
  const url = await opened(serveSecurely(identity(), (request) => void arrived.push(`${request.method}`)));
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  vi.spyOn(process, 'emitWarning').mockImplementation(() => {}); // Node warns of that variable.
  expect(await seenAt(url, options)).toEqual([expect.stringMatching(seen)]);
  expect(arrived).toEqual([]);
});

it.skipIf('getCACertificates' in tls)(
  'trusts the authorities of --ca beside those that the environment adds, where Node does not list them',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bankside-authority-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'company.pem');
    writeFileSync(file, authority.cert);
    vi.stubEnv('NODE_EXTRA_CA_CERTS', file);
    const url = await opened(serveSecurely(authority.issue(), right));
    const other = createAuthority().cert;

    expect(idsOf(await sendTo(`${url}/pserver`, {}, { ca: other }))).toEqual([]);
    vi.stubEnv('NODE_EXTRA_CA_CERTS', join(folder, 'missing.pem'));
    expect(idsOf(await sendTo(`${url}/pserver`, {}, { ca: other }))).toEqual(['certificate']);
  },
);

it('says that a port does not speak TLS', async () => {
  const url = await opened(serveLocally(gateway()));
  expect(await seenAt(url.replace('http:', 'https:'))).toEqual([
    `not-http: ${new URL(url).host} does not speak TLS on this port.`,
  ]);
});

it('shows no token of a request that failed', async () => {
  const url = await opened(serveBytes(answerWith(`${TOKENS.authToken}\r\n`)));
  expect(JSON.stringify(await seenAt(url))).not.toContain(TOKENS.authToken);
});
