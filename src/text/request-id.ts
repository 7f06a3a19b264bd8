import { attempt } from '../check.ts';

/** In characters. Widgets and pages create far shorter ids. */
export const LONGEST_ID = 256;

/** The string by which ids are compared. An id from outside may be of any type. */
export function idText(requestId: unknown): string {
  return typeof requestId === 'string' ? requestId : (attempt(() => `${requestId}`) ?? '');
}

export function isTooLong(requestId: unknown): boolean {
  return typeof requestId !== 'number' && idText(requestId).length > LONGEST_ID;
}

/** The id as events and errors show it. They may be kept, so a long id is replaced by its length. */
export function shownId<T>(requestId: T): T | string {
  return isTooLong(requestId) ? `an id of ${idText(requestId).length} characters` : requestId;
}
