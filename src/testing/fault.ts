import type { ServerName } from '../index.ts';
import { SERVER_NAMES } from './server-names.ts';

/** What can go wrong, one kind per fault. Times are in milliseconds. */
export type Misbehaviour =
  /** The answer takes its time. */
  | { readonly kind: 'slow'; readonly ms?: number }
  /** An HTTP error, whose body is the server's JSON, a proxy's HTML, or nothing. */
  | {
      readonly kind: 'error';
      readonly status?: number;
      readonly body?: 'json' | 'html' | 'empty';
      /** Seconds, for the `Retry-After` header. */
      readonly retryAfter?: number;
    }
  /** No answer, until the client goes away. */
  | { readonly kind: 'never' }
  /** Answered at once, and once more over the push channel. */
  | { readonly kind: 'twice'; readonly ms?: number }
  /** The HTTP answer never comes; the reply arrives over the push channel instead. */
  | { readonly kind: 'late'; readonly ms?: number }
  /** 200, with a page of HTML. */
  | { readonly kind: 'garbage' }
  /** The connection breaks. */
  | { readonly kind: 'network' }
  /** The request finds its token revoked. */
  | { readonly kind: 'stale-token' }
  /** The answer is Base64 of UTF-8 JSON. */
  | { readonly kind: 'base64' };

export type FaultKind = Misbehaviour['kind'];

export interface FaultScope {
  /** Left out: any server. */
  readonly server?: ServerName;
  /** The command's `type`. Left out: any. */
  readonly type?: string;
  /** So many requests, then it is over. Default 1, unless there is a `probability`. */
  readonly count?: number;
  /** Each request, for good, with this chance, above 0 and up to 1. Excludes `count`. */
  readonly probability?: number;
}

export type Fault = Misbehaviour & FaultScope;

interface Rule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const SCOPE = ['kind', 'server', 'type', 'count', 'probability'];

const FIELDS_OF: Readonly<Record<FaultKind, readonly string[]>> = {
  slow: ['ms'],
  error: ['status', 'body', 'retryAfter'],
  never: [],
  twice: ['ms'],
  late: ['ms'],
  garbage: [],
  network: [],
  'stale-token': [],
  base64: [],
};

const RULES: Readonly<Record<string, Rule>> = {
  kind: oneOf(Object.keys(FIELDS_OF)),
  server: oneOf(SERVER_NAMES),
  type: { expected: 'a text', accepts: (value) => typeof value === 'string' && value !== '' },
  count: wholeNumber(1, 1_000),
  probability: {
    expected: 'a number above 0 and up to 1',
    accepts: (value) => typeof value === 'number' && value > 0 && value <= 1,
  },
  ms: wholeNumber(0, 600_000),
  status: wholeNumber(400, 599),
  body: oneOf(['json', 'html', 'empty']),
  retryAfter: wholeNumber(0, 86_400),
};

/** Reads what came from outside, and throws a `TypeError` that names the field. */
export function readFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null) throw new TypeError('A fault must be an object.');
  const fields = new Map(Object.entries(value).filter(([, field]) => field !== undefined));
  check('kind', fields.get('kind'));
  const allowed = [...SCOPE, ...FIELDS_OF[fields.get('kind') as FaultKind]];
  for (const [name, field] of fields) {
    if (!allowed.includes(name)) throw new TypeError(`A fault of this kind has no field "${name}".`);
    check(name, field);
  }
  if (fields.has('count') && fields.has('probability')) {
    throw new TypeError('A fault has a "count" or a "probability", not both.');
  }
  return Object.fromEntries(fields) as unknown as Fault;
}

function check(name: string, value: unknown): void {
  const rule = RULES[name];
  if (rule && !rule.accepts(value)) throw new TypeError(`A fault's "${name}" must be ${rule.expected}.`);
}

function oneOf(values: readonly string[]): Rule {
  return { expected: values.join(', '), accepts: (value) => values.some((known) => known === value) };
}

function wholeNumber(low: number, high: number): Rule {
  return {
    expected: `a whole number from ${low} to ${high}`,
    accepts: (value) => Number.isInteger(value) && Number(value) >= low && Number(value) <= high,
  };
}
