import type { BanksideError } from '../errors.ts';
import { requestError } from '../http/request-error.ts';
import type { PendingRequest } from './pending.ts';

/** A timer that is so much later than it should be, in ms, shows that the page has stood still. */
const STANDSTILL = 20;

/** How long what came while the page stood still may take to be delivered, in ms. */
const CATCH_UP = 1_000;

/**
 * Whether a request's time is over. Where the page has stood still when it was, the request is put off once, so that
 * what came meanwhile is taken first.
 *
 * @param late How late the timer is, in ms.
 */
export function isOverdue(pending: PendingRequest, time: number, late: number): boolean {
  if (pending.deadline > time) return false;
  if (late < STANDSTILL || pending.stoodStill !== undefined) return true;
  pending.stoodStill = Math.round(late);
  pending.deadline = time + CATCH_UP;
  return false;
}

export function timeoutError(pending: PendingRequest): BanksideError<'TIMEOUT'> {
  const { timeout, stoodStill } = pending;
  const still = stoodStill === undefined ? '' : `; the page stood still for ${stoodStill} ms of it`;
  return requestError('TIMEOUT', `No answer in ${timeout} ms${still}`, pending, { timeout, stoodStill });
}
