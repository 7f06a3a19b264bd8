import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatewayName, RemedyKind } from '../../src/doctor/remedies/remedy.ts';
import { fixesFor } from '../../src/doctor/remedies.ts';

const GATEWAYS = ['nginx', 'apache', 'spring', 'envoy', 'azure'] as const satisfies readonly GatewayName[];

const origin = 'https://www.bank.example';
const names = ['authtoken', 'bankId'];
const directive = "connect-src 'self' https://gateway.bank.example:8443";
const HEADERS = {
  'allow-origin': `Access-Control-Allow-Origin: ${origin}`,
  'one-origin': `Access-Control-Allow-Origin: ${origin}`,
  'open-preflight': undefined,
  'allow-headers': 'Access-Control-Allow-Headers: authorization, authToken, content-type, bankId',
  'allow-credentials': 'Access-Control-Allow-Credentials: true',
  'max-age': 'Access-Control-Max-Age: 7200',
  'expose-header': 'Access-Control-Expose-Headers: Location, Retry-After, Date, authtoken, bankId',
  vary: 'Vary: Origin',
  'no-store': 'Cache-Control: no-store',
  'no-cache': undefined,
  'answer-401': undefined,
  'retry-after': 'Retry-After: 30',
  'body-size': undefined,
  compression: undefined,
  http2: undefined,
  policy: `Content-Security-Policy: ${directive}`,
  framing: `Content-Security-Policy: ${directive}`,
} as const satisfies Readonly<Record<RemedyKind, string | undefined>>;
const KINDS = Object.keys(HEADERS) as RemedyKind[];

const linesFor = (kind: RemedyKind, gateway: GatewayName): string =>
  fixesFor({ kind, origin, names, directive }).fixes?.[gateway] ?? '';

it.each(KINDS)('says which header ends it, and how to configure that in five gateways: %s', (kind) => {
  const { header, fixes } = fixesFor({ kind, origin, names, directive });
  expect(header).toBe(HEADERS[kind]);
  for (const gateway of GATEWAYS) expect(fixes?.[gateway]).toMatch(/\S/);
});

it.each(KINDS)('writes lines that fit into a terminal: %s', (kind) => {
  for (const gateway of GATEWAYS) {
    for (const line of linesFor(kind, gateway).split('\n')) {
      expect(line).toMatch(/^[ -~]*$/);
      expect(line, line).not.toMatch(/ $/);
      expect(line.length, `${gateway}: ${line}`).toBeLessThanOrEqual(150);
    }
  }
});

it.each(['allow-origin', 'open-preflight', 'allow-credentials'] as const)(
  "has the page's origin in each gateway's lines: %s",
  (kind) => {
    for (const gateway of GATEWAYS) expect(linesFor(kind, gateway)).toContain(origin);
  },
);

it('leaves out the list of allowed headers where the check does not know it, so that no list is replaced', () => {
  for (const kind of ['allow-origin', 'one-origin', 'allow-credentials'] as const) {
    const { fixes } = fixesFor({ kind, origin });
    for (const gateway of GATEWAYS)
      expect(fixes?.[gateway]).not.toMatch(/authToken|allow(?:ed)?[-_]headers/i);
    expect(fixesFor({ kind, origin, names }).fixes).toMatchObject({
      spring: expect.stringContaining(
        'allowed-headers: ["authorization", "authToken", "content-type", "bankId"]',
      ),
      envoy: expect.stringContaining('allow_headers: "authorization, authToken, content-type, bankId"'),
      azure: expect.stringContaining('<header>bankId</header>'),
    });
  }
});

describe('where the page sends cookies', () => {
  const KINDS_OF_ORIGINS = ['allow-origin', 'one-origin', 'open-preflight', 'allow-credentials'] as const;
  const ALLOWED = {
    nginx: /Access-Control-Allow-Credentials true always;/,
    apache: /^Header always set Access-Control-Allow-Credentials true$/m,
    spring: /^ {8}allow-credentials: true$/m,
    envoy: /^ {4}allow_credentials: true$/m,
    azure: /<cors allow-credentials="true">/,
  };

  it.each(KINDS_OF_ORIGINS)("allows that in each gateway's lines: %s", (kind) => {
    for (const values of [{ origin, names }, { origin }])
      expect(fixesFor({ kind, ...values, credentials: true }).fixes).toEqual(
        Object.fromEntries(GATEWAYS.map((name) => [name, expect.stringMatching(ALLOWED[name])])),
      );
  });

  it.each(['allow-origin', 'one-origin', 'open-preflight'] as const)('allows it nowhere else: %s', (kind) => {
    const { fixes } = fixesFor({ kind, origin, names });
    for (const gateway of GATEWAYS) expect(fixes?.[gateway]).not.toMatch(ALLOWED[gateway]);
  });
});

it.each([
  ['allow-origin', { names }],
  ['one-origin', {}],
  ['open-preflight', { names }],
  ['policy', {}],
] as const)('writes nothing where a value is missing: %s with %o', (kind, values) => {
  expect(fixesFor({ kind, ...values })).toEqual({});
});

it.each(['null', 'capacitor://localhost', 'http://127.0.0.1:8080', 'http://[::1]:3000'])(
  'knows the origin %s',
  (known) => {
    expect(fixesFor({ kind: 'allow-origin', origin: known }).fixes?.nginx).toContain(`"${known}"`);
  },
);

describe('a value that a configuration would understand', () => {
  /** One of these ends a string, begins a variable, or begins another line, in one of the gateways. */
  const breaking = fc.constantFrom(
    '"',
    '\\',
    '$',
    '%',
    '\n',
    '\r',
    ';',
    '{',
    '}',
    '<',
    '>',
    '&',
    '#',
    '`',
    '\u2028',
  );
  const broken = (start: string) =>
    fc.tuple(fc.string(), breaking, fc.string()).map((parts) => start + parts.join(''));

  it('is in no lines: an origin', () => {
    fc.assert(
      fc.property(broken(origin), (given) => {
        expect(fixesFor({ kind: 'allow-origin', origin: given })).toEqual({});
      }),
    );
  });

  it('is in no lines: the name of a header', () => {
    fc.assert(
      fc.property(broken('x'), (given) => {
        expect(fixesFor({ kind: 'allow-headers', names: ['authToken', given] })).toEqual({});
      }),
    );
  });

  it('is in no lines: a directive', () => {
    fc.assert(
      fc.property(broken("connect-src 'self' "), (given) => {
        expect(fixesFor({ kind: 'policy', directive: given })).toEqual({});
      }),
    );
  });

  it("is in no lines: a quote in an origin, which ends a string of Apache's", () => {
    expect(fixesFor({ kind: 'allow-origin', origin: "https://www.bank.example' || 1" })).toEqual({});
  });
});
