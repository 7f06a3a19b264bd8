import { ALWAYS_READABLE } from '../../doctor/always-readable.ts';
import type { Fault } from '../../doctor/fault.ts';
import { allowsCredentialsOfAll, checkOrigin } from './check-origin.ts';
import { isSameOrigin, type PageOrigin } from './page-origin.ts';
import type { Quote } from './quote.ts';
import { listOf, type RawAnswer, type RawHeaders } from './raw-answer.ts';

/**
 * Judges by the Fetch standard whether the page may read an answer from another origin.
 *
 * @param names Of the headers that need permission, for the remedy.
 */
export function judgeAnswer(
  { status, headers }: RawAnswer,
  page: PageOrigin,
  names: readonly string[],
  quote: Quote,
): readonly Fault[] {
  const { origin, credentials } = page;
  const remedy = { origin, credentials, names };
  const fault = checkOrigin(headers, page, quote);
  if (!fault) {
    if (!allowsCredentialsOfAll(headers)) return [];
    const seen = 'Access-Control-Allow-Credentials is true beside Access-Control-Allow-Origin: *.';
    return [{ id: 'credentials-wildcard', seen }];
  }
  const id = status >= 400 ? 'error-answer-origin' : 'answer-origin';
  const ids = { missing: id, other: id, twice: 'origin-twice', credentials: 'answer-credentials' } as const;
  return [{ id: ids[fault.kind], seen: fault.seen, remedy }];
}

/**
 * Whether a page may read a header, once it may read the answer. Browsers drop the whole list of exposed headers if a part of it
 * is no name.
 */
export function isExposed(headers: RawHeaders, name: string, url: URL, page: PageOrigin): boolean {
  const searched = name.toLowerCase();
  if (isSameOrigin(url, page) || ALWAYS_READABLE.includes(searched)) return true;
  if (!exposesList(headers)) return false;
  const exposed = exposedBy(headers);
  return exposed.includes(searched) || (exposed.includes('*') && !page.credentials);
}

/** Why a page may read none of the headers that are named. `undefined`: the list of exposed headers is one. */
export function malformedList(headers: RawHeaders): string | undefined {
  return exposesList(headers)
    ? undefined
    : 'Access-Control-Expose-Headers is not a list of names with commas between them';
}

function exposesList(headers: RawHeaders): boolean {
  return exposedBy(headers).every((member) => /^[\w!#$%&'*+.^`|~-]+$/.test(member));
}

function exposedBy(headers: RawHeaders): readonly string[] {
  return listOf(headers, 'access-control-expose-headers').map((member) => member.toLowerCase());
}
