import { attempt } from '../check.ts';

/** In characters. What a widget or a page makes up as an id is far shorter. */
export const LONGEST_ID = 256;

/** What an id is compared by. From outside, it may be anything, and be none. */
export function idText(requestId: unknown): string {
  return typeof requestId === 'string' ? requestId : (attempt(() => `${requestId}`) ?? '');
}

export function isTooLong(requestId: unknown): boolean {
  return typeof requestId !== 'number' && idText(requestId).length > LONGEST_ID;
}

/** An id as it is told. In place of one that is too long, its length: events and errors are kept by those who hear them. */
export function toldId<T>(requestId: T): T | string {
  return isTooLong(requestId) ? `an id of ${idText(requestId).length} characters` : requestId;
}
