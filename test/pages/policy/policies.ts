import type { EngineName } from '../../engines/engine.ts';

/** A policy, where it stands, and the engines that read it as this package does. Without them: all. */
export interface Row {
  readonly policy: string;
  readonly place?: 'header' | 'meta';
  readonly engines?: readonly EngineName[];
}

/** Addresses that a page calls. `OTHER` is the port of a server that answers. */
export const ADDRESSES: readonly string[] = [
  '/api/one',
  'http://127.0.0.1:OTHER/api/one',
  'http://127.0.0.1:OTHER/api/',
  'http://127.0.0.1:OTHER/api//one',
  'http://127.0.0.1:OTHER/é/one',
  'http://api.localhost:OTHER/api/one',
  'http://localhost:OTHER/',
  // Nothing answers there, or something that has nothing to do with it: only the policy matters.
  'http://[::1]:OTHER/',
  'http://api.localhost/',
  'https://api.localhost/',
  'https://api.localhost:8443/',
];

/** Sources that the engines read alike. */
const SOURCES: readonly string[] = [
  '',
  "'none'",
  "'NONE'",
  "'none' 'self'",
  "'self'",
  "'SELF'",
  "http://127.0.0.1:OTHER 'report-sample' 'nonce-abc'",
  '*',
  'http:',
  'HTTP:',
  'https:',
  'data:',
  'blob:',
  'http://127.0.0.1:OTHER',
  '127.0.0.1:OTHER',
  '127.0.0.1',
  '127.0.0.1:*',
  'http://127.0.0.1:*',
  'https://127.0.0.1:*',
  'API.localhost:OTHER',
  '*.localhost:OTHER',
  '*.localhost:*',
  '*.localhost',
  '*.api.localhost:OTHER',
  'localhost:OTHER',
  'localhost:*',
  'api.localhost.:OTHER',
  'http://*',
  'https://*',
  'http://*:*',
  'https://*:*',
  'http://*:OTHER',
  'http://api.localhost',
  'http://api.localhost:80',
  'http://api.localhost:443',
  'http://api.localhost:*',
  'https://api.localhost',
  'https://api.localhost:*',
  'https://api.localhost:8443',
  'https://*.localhost',
  'api.localhost',
  'api.localhost:80',
  'api.localhost:443',
  'http://127.0.0.1:OTHER/',
  'http://127.0.0.1:OTHER/api',
  'http://127.0.0.1:OTHER/api/',
  'http://127.0.0.1:OTHER/api/one',
  'http://127.0.0.1:OTHER/api/one/',
  'http://127.0.0.1:OTHER/API/one',
  'http://127.0.0.1:OTHER/%61pi/one',
  'http://127.0.0.1:OTHER/%2561pi/one',
  'http://127.0.0.1:OTHER/api%2Fone',
  'http://127.0.0.1:OTHER/api/one?x=1',
  'http://127.0.0.1:OTHER/api/one#x',
  'http://127.0.0.1:OTHER//',
  'http://127.0.0.1:OTHER/%C3%A9/',
  'http://127.0.0.1:OTHER/%c3%a9/one',
  '127.0.0.1:OTHER/api/',
  '//127.0.0.1:OTHER',
  'http:/127.0.0.1:OTHER',
  'http://user@127.0.0.1:OTHER',
  'http://127.0.0.1:',
  'http://a*.localhost:OTHER',
  'http://*.*.localhost:OTHER',
  'http://.localhost:OTHER',
  'http://api..localhost:OTHER',
  '[::1]:OTHER',
  'http://[::1]:OTHER',
  'é http://127.0.0.1:OTHER',
];

/** Chromium is the strictest: of these, other engines allow more. */
const SOURCES_OF_CHROMIUM: readonly string[] = [
  'ws:',
  'wss:',
  'ws://api.localhost:OTHER',
  'wss://api.localhost',
  'api.localhost:8443',
  'http://api.localhost:8443',
  'https://api.localhost:80',
  'http://127.0.0.1:OTHER?x',
];

/** WebKit allows nothing by these. */
const SOURCES_NOT_OF_WEBKIT: readonly string[] = ['*:OTHER', '*:*', '*:443'];

/** Policies of several directives, and several policies. */
const WHOLE: readonly Row[] = [
  { policy: "connect-src 'none'; connect-src *" },
  { policy: "CONNECT-SRC 'none'" },
  { policy: "default-src 'none'" },
  { policy: "default-src 'none'; connect-src *" },
  { policy: "default-src *; connect-src 'none'" },
  { policy: "connect-src *, connect-src 'self'" },
  { policy: "default-src *, connect-src 'self'" },
  { policy: "connect-src\t'self'\t" },
  { policy: ";; ;connect-src 'self'" },
  { policy: "connect-src 'self';é x; default-src *" },
  { policy: "default-src 'self'; connect-src * é" },
  { policy: "img-src 'none'" },
  { policy: "connect-src 'self'", place: 'meta' },
  { policy: 'connect-src * é', place: 'meta' },
  { policy: "connect-src *, connect-src 'self'", place: 'meta' },
  { policy: "connect-src 'self', connect-src *", place: 'meta', engines: ['chromium', 'webkit'] },
];

const connectSrc = (source: string): string => `connect-src ${source}`;

export const ROWS: readonly Row[] = [
  ...SOURCES.map((source) => ({ policy: connectSrc(source) })),
  ...SOURCES_OF_CHROMIUM.map((source): Row => ({ policy: connectSrc(source), engines: ['chromium'] })),
  ...SOURCES_NOT_OF_WEBKIT.map(
    (source): Row => ({ policy: connectSrc(source), engines: ['chromium', 'firefox'] }),
  ),
  ...WHOLE,
];
