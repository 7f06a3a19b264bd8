import { brotliCompressSync } from 'node:zlib';
import { isPreflight, isRequest } from './faults/requests.ts';
import { headerOf, withHeader, withoutHeader } from './reply.ts';
import { rightGateway } from './right-gateway.ts';
import type { Change, StartGatewayOptions } from './start-gateway.ts';

/** A bank that works, with what it could still do better. */
export interface RightBank extends StartGatewayOptions {
  readonly name: string;
  /** Only advice. */
  readonly advice: readonly string[];
}

const ORIGIN = 'Access-Control-Allow-Origin';
const EXPOSED = 'Access-Control-Expose-Headers';
const WIDE: Change = (reply) => withHeader(withoutHeader(reply, 'Vary'), ORIGIN, '*');

function changed(name: string, change: Change, advice: readonly string[] = []): RightBank {
  return { name, advice, changes: [{ at: 'gateway', change }] };
}

function ofServer(name: string, change: Change): RightBank {
  return { name, advice: [], changes: [{ at: 'server', change }] };
}

/** Banks that differ, and are all right: they get no error and no warning. */
export const RIGHT_BANKS: readonly RightBank[] = [
  { name: 'as docs/gateway.md asks for', advice: [] },
  { name: 'with cookies', advice: [], credentials: true },
  { name: 'with tokens that the gateway adds', advice: [], addsTokens: true },
  { name: 'on the origin of the page', advice: [], sameOrigin: true },
  { name: 'without compression', advice: ['uncompressed'], compresses: false },
  changed('that allows all origins', WIDE),
  changed('that exposes all headers', (reply, request) =>
    isRequest(request) ? withHeader(reply, EXPOSED, '*') : reply,
  ),
  {
    name: 'that allows one origin, whoever asks',
    advice: [],
    gateway: (origin) => {
      const { answer } = rightGateway({ origin });
      const fixed: typeof answer = (request, next) =>
        withHeader(withoutHeader(answer(request, next), 'Vary'), ORIGIN, origin);
      return { answer: fixed };
    },
  },
  changed('that writes lists in lower case', (reply) => {
    const names = ['Access-Control-Allow-Headers', EXPOSED, 'Cache-Control'];
    return names.reduce((before, name) => {
      const value = headerOf(before, name);
      return value === undefined ? before : withHeader(before, name.toLowerCase(), value.toLowerCase());
    }, reply);
  }),
  changed('that names its lists in several headers', (reply, request) =>
    isPreflight(request)
      ? withHeader(
          reply,
          'Access-Control-Allow-Headers',
          'authorization, authToken',
          'bankId',
          'content-type',
        )
      : isRequest(request)
        ? withHeader(reply, EXPOSED, 'Location', 'Retry-After,Date')
        : reply,
  ),
  changed('that answers preflights with 200', (reply, request) =>
    isPreflight(request) ? { ...reply, status: 200, body: 'OK' } : reply,
  ),
  changed('that does not list its methods', (reply) => withoutHeader(reply, 'Access-Control-Allow-Methods')),
  changed('that stores nothing, and says it at length', (reply, request) =>
    isRequest(request)
      ? withHeader(reply, 'Cache-Control', 'no-cache, no-store, must-revalidate, private')
      : reply,
  ),
  changed('that varies by everything', (reply) => withHeader(reply, 'Vary', '*')),
  changed(
    'whose answers depend on the origin and do not say so, as no cache stores them',
    (reply) => withoutHeader(reply, 'Vary'),
    ['vary-unstored'],
  ),
  changed('that remembers preflights for 5 minutes', (reply, request) =>
    isPreflight(request) ? withHeader(reply, 'Access-Control-Max-Age', '300') : reply,
  ),
  changed('whose queues are gone with 410', (reply, request) =>
    isRequest(request) && request.method === 'GET' && reply.status === 404
      ? { ...reply, status: 410 }
      : reply,
  ),
  changed('whose empty queue is an empty list', (reply, request) =>
    isRequest(request) && request.path.includes('/queues/') && reply.status === 204
      ? { ...withHeader(reply, 'Content-Type', 'application/json'), status: 200, body: '[]' }
      : reply,
  ),
  changed('whose Location is a whole address', (reply) => {
    const location = headerOf(reply, 'Location');
    return location
      ? withHeader(reply, 'Location', `https://api.linxo.example/v2.1${location}?marked-query-4715`)
      : reply;
  }),
  changed('whose servers refuse the command', (reply, request) =>
    isRequest(request) && request.subject === 'pserver' && reply.status === 200
      ? { ...withoutHeader(reply, 'Content-Encoding'), body: '{"ok":false,"status":"500"}' }
      : reply,
  ),
  changed('whose answers to commands are empty', (reply, request) =>
    isRequest(request) && request.subject === 'pserver' && reply.status === 200
      ? { ...withoutHeader(reply, 'Content-Encoding'), status: 204, body: '' }
      : reply,
  ),
  changed('that asks to come back at once', (reply, request) =>
    isRequest(request) && request.count === 0
      ? withHeader({ ...reply, status: 429 }, 'Retry-After', '0')
      : reply,
  ),
  changed('that allows what was asked for, and refuses other origins with 403', (reply, request) => {
    if (request.subject === 'page') return reply;
    if (headerOf(reply, ORIGIN) === undefined) return { ...reply, status: 403, body: 'Invalid CORS request' };
    const asked = request.headers['access-control-request-headers'];
    const varied = withHeader(
      reply,
      'Vary',
      'Origin',
      'Access-Control-Request-Method',
      'Access-Control-Request-Headers',
    );
    return isPreflight(request) ? withHeader(varied, 'Access-Control-Allow-Headers', `${asked}`) : varied;
  }),
  changed('that allows for each method only what it needs', (reply, { headers }) =>
    headers['access-control-request-method'] === 'GET'
      ? withHeader(reply, 'Access-Control-Allow-Headers', 'authorization')
      : reply,
  ),
  changed('that allows cookies that the page does not send', (reply) =>
    headerOf(reply, ORIGIN) ? withHeader(reply, 'Access-Control-Allow-Credentials', 'true') : reply,
  ),
  changed('that forbids to store reads alone', (reply, request) =>
    isRequest(request) && request.method === 'POST' ? withoutHeader(reply, 'Cache-Control') : reply,
  ),
  changed('whose errors are pages that may be stored', (reply, request) =>
    isRequest(request) && reply.status >= 400
      ? {
          ...withHeader(withoutHeader(reply, 'Cache-Control'), 'Content-Type', 'text/html'),
          body: '<h1>Error</h1>',
        }
      : reply,
  ),
  changed('whose clock is 3 seconds slow', (reply, request) =>
    isRequest(request) ? withHeader(reply, 'Date', new Date(Date.now() - 3_000).toUTCString()) : reply,
  ),
  changed('that says that no cache answered', (reply) => withHeader(reply, 'Age', '0')),
  ofServer('that refuses a field that it does not know', (reply, request) =>
    reply.status === 200 && request.body.includes('banksideDoctor')
      ? { ...reply, status: 400, body: '{"ok":false,"status":"400"}' }
      : reply,
  ),
  ofServer('whose servers refuse the command with 400', (reply, { subject }) =>
    reply.status === 200 && subject !== 'linxo'
      ? { ...reply, status: 400, body: '{"ok":false,"status":"400"}' }
      : reply,
  ),
  ofServer('whose JSON has a byte order mark', (reply) =>
    reply.status === 200 ? { ...reply, body: `\ufeff${reply.body}` } : reply,
  ),
  ofServer('whose replies are Base64', (reply) =>
    reply.status === 200 ? { ...reply, body: Buffer.from(reply.body).toString('base64') } : reply,
  ),
  ofServer('whose JSON has a type of its own', (reply) =>
    reply.status === 200
      ? withHeader(reply, 'Content-Type', 'application/vnd.bank+json; charset=UTF-8')
      : reply,
  ),
  ofServer('whose ids are counted, and refused if they are of no queue', (reply, request) => {
    const location = headerOf(reply, 'Location');
    if (location) return withHeader(reply, 'Location', location.replace(/\/queues\/.*/, '/queues/1042'));
    if (reply.status !== 404 || !request.path.includes('/queues/')) return reply;
    return request.path.endsWith('/1042') ? { ...reply, status: 204, body: '' } : { ...reply, status: 400 };
  }),
  ofServer('that does not show queues of others', (reply, { path }) =>
    path.includes('/queues/') && reply.status === 404 ? { ...reply, status: 403 } : reply,
  ),
  {
    name: 'on the origin of the page, which says nothing of caches',
    advice: [],
    sameOrigin: true,
    changes: [{ at: 'gateway', change: (reply) => withoutHeader(reply, 'Cache-Control') }],
  },
  ofServer('whose 401 has no body', (reply) =>
    reply.status === 401 ? { ...withHeader(reply, 'WWW-Authenticate', 'Bearer'), body: '' } : reply,
  ),
  ofServer('whose ids are UUIDs, below a path that ends in a slash', (reply) => {
    const location = headerOf(reply, 'Location');
    return location ? withHeader(reply, 'Location', `/v2.1${location}/`) : reply;
  }),
  ofServer('that does not show connections of others', (reply, { path }) =>
    path.includes('/connections/') && reply.status === 404 ? { ...reply, status: 403 } : reply,
  ),
  {
    name: 'that compresses with brotli',
    advice: [],
    compresses: false,
    changes: [
      {
        at: 'wire',
        change: (reply, request) =>
          `${request.headers['accept-encoding'] ?? ''}`.includes('br') && reply.body.length > 1_000
            ? { ...withHeader(reply, 'Content-Encoding', 'br'), body: brotliCompressSync(reply.body) }
            : reply,
      },
    ],
  },
  {
    name: 'whose page has a strict policy',
    advice: [],
    changes: [
      {
        at: 'gateway',
        change: (reply, { subject }) =>
          subject === 'page'
            ? withHeader(
                reply,
                'Content-Security-Policy',
                "default-src 'none'; connect-src http://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types bank default; frame-ancestors 'none'",
              )
            : reply,
      },
    ],
  },
  changed('whose page may not be framed in the older way', (reply, { subject }) =>
    subject === 'page'
      ? withHeader(withoutHeader(reply, 'Content-Security-Policy'), 'X-Frame-Options', 'DENY')
      : reply,
  ),
];
