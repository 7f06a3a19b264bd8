import { FORM } from '../../doctor/quoted-value.ts';
import type { PageOrigin } from './page-origin.ts';
import type { Quote } from './quote.ts';
import { joinedValue, type RawHeaders, valuesOf } from './raw-answer.ts';

/** Why a page may not read an answer. */
export interface OriginFault {
  readonly kind: 'missing' | 'other' | 'twice' | 'credentials';
  readonly seen: string;
}

const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_CREDENTIALS = 'access-control-allow-credentials';

/**
 * The CORS check of the Fetch standard: the origin byte by byte, or `*` if no credentials are sent; with credentials, exactly
 * `true`. `undefined` if the page may read the answer.
 */
export function checkOrigin(headers: RawHeaders, page: PageOrigin, quote: Quote): OriginFault | undefined {
  const { origin, credentials } = page;
  const allowed = joinedValue(headers, ALLOW_ORIGIN);
  if (allowed === undefined) return { kind: 'missing', seen: 'It has no Access-Control-Allow-Origin.' };
  const isTwice = valuesOf(headers, ALLOW_ORIGIN).length > 1;
  if (isTwice || allowed.includes(',')) return { kind: 'twice', seen: twice(isTwice, allowed, quote) };
  if (allowed === '*') return credentials ? { kind: 'credentials', seen: STAR } : undefined;
  if (allowed !== origin) return { kind: 'other', seen: other(allowed, origin, quote) };
  return credentials ? checkCredentials(headers, quote) : undefined;
}

/** Whether an answer allows credentials beside `*`, which no browser accepts once there are any. */
export function allowsCredentialsOfAll(headers: RawHeaders): boolean {
  return joinedValue(headers, ALLOW_ORIGIN) === '*' && joinedValue(headers, ALLOW_CREDENTIALS) === 'true';
}

const STAR = 'Access-Control-Allow-Origin is *, which does not count where cookies are sent.';

function checkCredentials(headers: RawHeaders, quote: Quote): OriginFault | undefined {
  const allowed = joinedValue(headers, ALLOW_CREDENTIALS);
  if (allowed === 'true') return undefined;
  const seen =
    allowed === undefined
      ? 'It has no Access-Control-Allow-Credentials.'
      : `Access-Control-Allow-Credentials is ${quote(allowed, FORM.truth)}. Browsers accept exactly true.`;
  return { kind: 'credentials', seen };
}

function twice(isTwice: boolean, allowed: string, quote: Quote): string {
  const where = isTwice ? 'came more than once' : 'has more than one value';
  return `Access-Control-Allow-Origin ${where}: ${quote(allowed, FORM.origins)}.`;
}

function other(allowed: string, origin: string, quote: Quote): string {
  const why = difference(allowed, origin);
  return `Access-Control-Allow-Origin is ${quote(allowed, FORM.origins)}, and the page is ${origin}${why ? `: ${why}` : ''}.`;
}

function isWithDefaultPort(allowed: string, origin: string): boolean {
  const port = origin.startsWith('https:') ? ':443' : ':80';
  return allowed === `${origin}${port}`;
}

function difference(allowed: string, origin: string): string | undefined {
  if (allowed === `${origin}/`) return 'an origin has no slash at its end';
  if (allowed.toLowerCase() === origin.toLowerCase()) return 'capital letters count';
  if (allowed.includes('*')) return 'a wildcard does not count inside an origin';
  if (isWithDefaultPort(allowed, origin)) return 'browsers leave out the default port';
  if (allowed === 'null') return 'null is the origin of pages without one, such as those from a file';
  return undefined;
}
