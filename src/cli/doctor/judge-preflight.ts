import type { Fault } from '../../doctor/fault.ts';
import { FORM } from '../../doctor/quoted-value.ts';
import { checkOrigin } from './check-origin.ts';
import type { PageOrigin } from './page-origin.ts';
import type { Quote } from './quote.ts';
import { joinedValue, listOf, type RawAnswer, type RawHeaders } from './raw-answer.ts';
import { isRedirect, redirectFault } from './redirect.ts';

/** What a preflight has asked for. */
export interface Asked {
  readonly url: URL;
  readonly page: PageOrigin;
  /** Of the headers that need permission. */
  readonly names: readonly string[];
}

const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_HEADERS = 'access-control-allow-headers';
const ALLOW_METHODS = 'access-control-allow-methods';
const MAX_AGE = 'access-control-max-age';

/** In seconds. While nothing happens, polls are further apart. */
const SHORT_LIFETIME = 60;

/** A name of a header or a method, by RFC 9110. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Judges the answer to a preflight by the Fetch standard. If its status already refuses it, a header that is missing is no fault of
 * its own: error pages have none.
 */
export function judgePreflight(answer: RawAnswer, asked: Asked, quote: Quote): readonly Fault[] {
  const { status, headers } = answer;
  if (isRedirect(status)) return [redirectFault(answer, asked.url, quote)];
  const isRefused = status < 200 || status > 299;
  if (!isRefused && !hasCors(headers)) {
    const seen = `It has no header of CORS: ${NOT_ALLOWED} ${asked.page.origin}, or answers OPTIONS without asking CORS.`;
    return [{ id: 'preflight-origin', seen, remedy: { ...remedyFor(asked), kind: 'open-preflight' } }];
  }
  const judged = [
    isRefused ? refusal(answer, asked) : undefined,
    judge(headers, isRefused, ALLOW_ORIGIN, () => originFault(headers, asked, quote)),
    judge(headers, isRefused, ALLOW_HEADERS, () => headersFault(headers, asked)),
    methodsFault(headers),
    judge(headers, isRefused, MAX_AGE, () => lifetimeFault(headers, quote)),
  ];
  return judged.filter((fault) => fault !== undefined);
}

const NOT_ALLOWED = 'the gateway may not allow the origin';

/** Some gateways answer 403 to an origin that they do not allow, before they check anything else. */
function refusal({ status, headers }: RawAnswer, asked: Asked): Fault {
  const isOfOrigin = status === 403 && joinedValue(headers, ALLOW_ORIGIN) === undefined;
  const seen = isOfOrigin
    ? `Its status is 403, without Access-Control-Allow-Origin: ${NOT_ALLOWED} ${asked.page.origin}.`
    : `Its status is ${status}.`;
  return { id: 'preflight-refused', seen, remedy: remedyFor(asked) };
}

function hasCors(headers: RawHeaders): boolean {
  return headers.some((name, index) => index % 2 === 0 && /^access-control-/i.test(name));
}

function remedyFor({ page: { origin, credentials }, names }: Asked): NonNullable<Fault['remedy']> {
  return { origin, credentials, names };
}

function judge(
  headers: RawHeaders,
  isRefused: boolean,
  name: string,
  read: () => Fault | undefined,
): Fault | undefined {
  return isRefused && joinedValue(headers, name) === undefined ? undefined : read();
}

function originFault(headers: RawHeaders, asked: Asked, quote: Quote): Fault | undefined {
  const fault = checkOrigin(headers, asked.page, quote);
  if (!fault) return undefined;
  const ids = {
    missing: 'preflight-origin',
    other: 'preflight-origin',
    twice: 'origin-twice',
    credentials: 'preflight-credentials',
  } as const;
  return { id: ids[fault.kind], seen: fault.seen, remedy: remedyFor(asked) };
}

function headersFault(headers: RawHeaders, asked: Asked): Fault | undefined {
  const { page, names } = asked;
  const allowed = listOf(headers, ALLOW_HEADERS);
  const remedy = remedyFor(asked);
  if (!allowed.every((name) => TOKEN.test(name))) {
    const seen =
      'Access-Control-Allow-Headers is not a list of names with commas between them, so browsers refuse all of it.';
    return { id: 'preflight-headers', seen, remedy };
  }
  const named = new Set(allowed.map((name) => name.toLowerCase()));
  const missing = names.filter((name) => !named.has(name.toLowerCase()));
  if (!missing.length) return undefined;
  if (!named.has('*')) return { id: 'preflight-headers', seen: lacking(allowed, missing), remedy };
  if (page.credentials) {
    const seen = `Access-Control-Allow-Headers has *, which does not count where cookies are sent, and lacks ${missing.join(', ')}.`;
    return { id: 'preflight-wildcard', seen, remedy };
  }
  if (!missing.some((name) => name.toLowerCase() === 'authorization')) return undefined;
  const seen = 'Access-Control-Allow-Headers has *, and does not name authorization.';
  return { id: 'authorization-wildcard', seen, remedy };
}

function lacking(allowed: readonly string[], missing: readonly string[]): string {
  if (!allowed.length) return `It has no Access-Control-Allow-Headers: the page sends ${missing.join(', ')}.`;
  return `Access-Control-Allow-Headers lacks ${missing.join(', ')}.`;
}

/** GET and POST are always allowed, but browsers read the list, and refuse the preflight if they cannot. */
function methodsFault(headers: RawHeaders): Fault | undefined {
  if (listOf(headers, ALLOW_METHODS).every((method) => TOKEN.test(method))) return undefined;
  const seen = 'Access-Control-Allow-Methods is not a list of methods with commas between them.';
  return { id: 'preflight-methods', seen };
}

function lifetimeFault(headers: RawHeaders, quote: Quote): Fault | undefined {
  const value = joinedValue(headers, MAX_AGE);
  const id = 'preflight-lifetime';
  if (value === undefined) {
    // Then nothing answers preflights: other findings say that.
    const isOther = joinedValue(headers, ALLOW_HEADERS) === undefined;
    return isOther ? undefined : { id, seen: 'It has no Access-Control-Max-Age.' };
  }
  if (!/^\d+$/.test(value))
    return {
      id,
      seen: `Access-Control-Max-Age is ${quote(value, FORM.amount)}, and not a number of seconds.`,
    };
  if (Number(value) >= SHORT_LIFETIME) return undefined;
  return { id, seen: `Access-Control-Max-Age is ${Number(value)} seconds.` };
}
