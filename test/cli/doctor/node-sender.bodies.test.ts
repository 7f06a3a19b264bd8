import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { serveLocally } from '../../harness/local-server.ts';
import { gateway, idsOf, ORIGIN, type Scripted, sendTo } from './fixtures/send-to.ts';
import { answerWith, serveBytes } from './fixtures/servers.ts';
import { serversOfTest } from './fixtures/servers-of-test.ts';

const opened = serversOfTest();
const LARGE = JSON.stringify({ ok: true, filler: 'x'.repeat(3_000) });
/** Same origin: no preflight. */
const own = (url: string): { origin: string } => ({ origin: new URL(url).origin });

async function send(answer: Scripted): Promise<Awaited<ReturnType<typeof sendTo>>> {
  const url = await opened(serveLocally(gateway({ answer })));
  return sendTo(`${url}/pserver`);
}

const encoded = (coding: string, body: Buffer): Scripted => ({
  headers: { 'content-encoding': coding },
  body,
});

it.each([
  ['gzip', gzipSync(LARGE)],
  ['GZIP', gzipSync(LARGE)],
  ['x-gzip', gzipSync(LARGE)],
  ['deflate', deflateSync(LARGE)],
  ['deflate', deflateRawSync(LARGE)],
  ['br', brotliCompressSync(LARGE)],
  ['gzip, br', brotliCompressSync(gzipSync(LARGE))],
  ['utf-8', Buffer.from(LARGE)],
  ['identity', Buffer.from(LARGE)],
])('reads a body of encoding %s', async (coding, body) => {
  const { findings, answer } = await send(encoded(coding, body));
  expect(findings).toEqual([]);
  expect(answer?.text).toBe(LARGE);
});

const bodies: readonly (readonly [string, Scripted, string, RegExp])[] = [
  ['says gzip and is not', encoded('gzip', Buffer.from('{}')), 'body-encoding', /gzip, and the body is not/],
  [
    'says br and is not',
    encoded('br', Buffer.from('{"ok":true}')),
    'body-encoding',
    /br, and the body is not/,
  ],
  [
    'is gzip and does not say so',
    { body: gzipSync('{}') },
    'body-encoding',
    /gzip, and Content-Encoding does not/,
  ],
  ['is gzip twice', encoded('gzip', gzipSync(gzipSync('{}'))), 'body-encoding', /compressed twice/],
  [
    'has an unknown encoding',
    encoded('compress', Buffer.from([0xc3, 0x28])),
    'body-encoding',
    /not asked for/,
  ],
  ['is not UTF-8', { body: Buffer.from('{"name":"Zoë"}', 'latin1') }, 'body-encoding', /not text in UTF-8/],
  ['is gzip and cut', encoded('gzip', gzipSync(LARGE).subarray(0, 30)), 'body-cut', /too early/],
  ['is huge', { body: Buffer.alloc(5_000_001, ' ') }, 'endless-answer', /longer than 5 MB/],
  [
    'is huge once decompressed',
    encoded('gzip', gzipSync(Buffer.alloc(5_000_001))),
    'endless-answer',
    /decompressed/,
  ],
];

it.each(bodies)('finds that a body %s', async (_, answer, id, seen) => {
  const exchange = await send(answer);
  expect(idsOf(exchange)).toEqual([id]);
  expect(exchange.findings[0]?.seen).toMatch(seen);
  expect(exchange.answer).toBeUndefined();
});

it('advises to compress JSON above 2 kB, and reads it', async () => {
  const { findings, answer } = await send({ body: LARGE });
  expect(findings.map(({ id }) => id)).toEqual(['uncompressed']);
  expect(answer?.text).toBe(LARGE);
});

it.each([
  ['a short body', { body: `"${'x'.repeat(1_998)}"` }],
  ['what is no JSON', { body: LARGE, headers: { 'content-type': 'text/html' } }],
  [
    'an error page in Latin-1',
    { status: 500, headers: { 'content-type': 'text/html' }, body: Buffer.from([0xe9]) },
  ],
  [
    'a 401 of JSON in Latin-1',
    { status: 401, headers: { 'content-type': 'application/json' }, body: Buffer.from([0x22, 0xe9, 0x22]) },
  ],
  ['an error page in gzip that is not', { status: 200, headers: { 'content-encoding': 'gzip' }, body: '' }],
])('takes %s as it is', async (_, answer) => {
  const exchange = await send(answer);
  expect(exchange.findings).toEqual([]);
  expect(exchange.answer).toBeDefined();
});

const HEAD = `HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: ${ORIGIN}\r\n`;

it.each([
  [
    'shorter than its length',
    `${HEAD}Content-Length: 100\r\n\r\n{"ok"`,
    /Of a body of 100 bytes, only 5 came/,
  ],
  ['without its last chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"ok"\r\n`, /after 5 bytes/],
])('finds a body %s', async (_, bytes, seen) => {
  const url = await opened(serveBytes(answerWith(bytes)));
  const exchange = await sendTo(`${url}/pserver`, {}, own(url));
  expect(idsOf(exchange)).toEqual(['body-cut']);
  expect(exchange.findings[0]?.seen).toMatch(seen);
});

it.each([
  ['does not end', '', 'endless-answer', /did not end in time/],
  ['has not all of its length', 'Content-Length: 100\r\n', 'body-cut', /Of a body of 100 bytes, only 5 came/],
])('ends by its limit of time where a body %s', async (_, header, id, seen) => {
  const url = await opened(
    serveBytes((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write(`${HEAD}${header}\r\n{"ok"`));
    }),
  );
  const exchange = await sendTo(`${url}/pserver`, {}, { ...own(url), timeout: 1_000 });
  expect(idsOf(exchange)).toEqual([id]);
  expect(exchange.findings[0]?.seen).toMatch(seen);
});

it('ends by its limit of time where a server sends a byte at a time', async () => {
  const url = await opened(
    serveBytes((socket) => {
      const timer = setInterval(() => socket.write('H'), 20);
      socket.on('error', () => {});
      socket.on('close', () => clearInterval(timer));
      socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
    }),
  );
  const exchange = await sendTo(`${url}/pserver`, {}, { ...own(url), timeout: 1_000 });
  expect(idsOf(exchange)).toEqual(['no-answer']);
});
