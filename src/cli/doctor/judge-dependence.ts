import type { Fault } from '../../doctor/fault.ts';
import { checkOrigin } from './check-origin.ts';
import type { PageOrigin } from './page-origin.ts';
import type { Quote } from './quote.ts';
import { joinedValue, listOf, type RawAnswer } from './raw-answer.ts';
import { isRedirect } from './redirect.ts';

/** An origin that no gateway knows. */
export const STRANGER = 'https://doctor.invalid';

const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_CREDENTIALS = 'access-control-allow-credentials';

/** Whether an answer allows the page by its origin: always, or because it asks. */
export function dependsPerhaps({ status, headers }: RawAnswer, page: PageOrigin, quote: Quote): boolean {
  const isAllowed = !isRedirect(status) && !checkOrigin(headers, page, quote);
  return isAllowed && joinedValue(headers, ALLOW_ORIGIN) !== '*';
}

/**
 * Compares an answer that depends perhaps with the one to an unknown origin. If that one allows no origin, it says something only
 * if its status is the same: error answers may have their own headers.
 */
export function dependsOnOrigin(ours: RawAnswer, theirs: RawAnswer, { origin }: PageOrigin): boolean {
  const allowed = joinedValue(theirs.headers, ALLOW_ORIGIN);
  return allowed === undefined ? ours.status === theirs.status : allowed !== origin;
}

/** Whether an answer to the page allows its origin with credentials: of any origin, perhaps. */
export function reflectsPerhaps({ headers }: RawAnswer, { origin }: PageOrigin): boolean {
  return allowsWithCredentials(headers, origin);
}

/** Whether an answer to an unknown origin allows that, with credentials. */
export function reflectsStranger({ headers }: RawAnswer): boolean {
  return allowsWithCredentials(headers, STRANGER);
}

function allowsWithCredentials(headers: RawAnswer['headers'], origin: string): boolean {
  return joinedValue(headers, ALLOW_ORIGIN) === origin && joinedValue(headers, ALLOW_CREDENTIALS) === 'true';
}

/** What is wrong with the header `Vary` of an answer that depends on the origin. */
export function varyFault(answer: RawAnswer, method: string): Fault | undefined {
  const vary = listOf(answer.headers, 'vary').map((member) => member.toLowerCase());
  if (vary.includes('origin') || vary.includes('*')) return undefined;
  const seen =
    'Access-Control-Allow-Origin depends on the origin of the request, and Vary does not name Origin.';
  return { id: method === 'GET' && mayBeStored(answer) ? 'vary' : 'vary-unstored', seen };
}

/** Caches store errors only where they are asked to, but for a few statuses. */
function mayBeStored({ status, headers }: RawAnswer): boolean {
  const control = joinedValue(headers, 'cache-control') ?? '';
  if (/\bno-store\b/i.test(control)) return false;
  return status < 400 || /\bpublic\b|\b(s-)?max-?age="?[1-9]/i.test(control);
}
