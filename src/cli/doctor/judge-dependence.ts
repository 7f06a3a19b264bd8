import type { Fault } from '../../doctor/fault.ts';
import { checkOrigin } from './check-origin.ts';
import type { PageOrigin } from './page-origin.ts';
import type { Quote } from './quote.ts';
import { joinedValue, listOf, type RawAnswer } from './raw-answer.ts';
import { isRedirect } from './redirect.ts';

/** An origin that no gateway knows. */
export const STRANGER = 'https://doctor.invalid';

const ALLOW_ORIGIN = 'access-control-allow-origin';

/** Whether an answer allows the page by its origin: whoever asks, or because it asks. */
export function dependsPerhaps({ status, headers }: RawAnswer, page: PageOrigin, quote: Quote): boolean {
  const isAllowed = !isRedirect(status) && !checkOrigin(headers, page, quote);
  return isAllowed && joinedValue(headers, ALLOW_ORIGIN) !== '*';
}

/**
 * Compares an answer that depends perhaps with the one to an unknown origin. If that one allows no origin, it says something only
 * if its status is the same: error answers may have their own headers.
 */
export function judgeDependence(
  ours: RawAnswer,
  theirs: RawAnswer,
  { origin }: PageOrigin,
): readonly Fault[] {
  const allowed = joinedValue(theirs.headers, ALLOW_ORIGIN);
  const depends = allowed === undefined ? ours.status === theirs.status : allowed !== origin;
  if (!depends) return [];
  const faults: Fault[] = [];
  const vary = listOf(ours.headers, 'vary').map((member) => member.toLowerCase());
  if (!vary.includes('origin') && !vary.includes('*')) {
    const seen =
      'Access-Control-Allow-Origin depends on the origin of the request, and Vary does not name Origin.';
    faults.push({ id: 'vary', seen, remedy: { origin } });
  }
  const withCredentials = joinedValue(theirs.headers, 'access-control-allow-credentials') === 'true';
  if (allowed === STRANGER && withCredentials) {
    const seen = `A request from ${STRANGER} gets that origin in Access-Control-Allow-Origin, with credentials allowed.`;
    faults.push({ id: 'origin-reflected', seen, remedy: { origin } });
  }
  return faults;
}
