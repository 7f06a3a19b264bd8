import { type AnyBanksideError, isBanksideError } from '../../errors.ts';

/** Why a request of the queue brought nothing. */
export interface QueueFailure {
  /** A BanksideError, or the reason of the signal that aborted the request. */
  readonly error: unknown;
  /** Whether it was sent, and not rejected with a 401. The server may then have removed events from the queue. */
  readonly wasSent: boolean;
  /** How long the server asks to wait before the next request, in ms; 0 if it does not. */
  readonly retryAfter: number;
}

const NEVER_RETRIED: ReadonlySet<string> = new Set(['UNAUTHORIZED', 'INVALID_OPTIONS', 'ABORTED']);

/** Whether the same request may succeed later. */
export function canRetry(error: unknown): error is AnyBanksideError {
  if (!isBanksideError(error) || NEVER_RETRIED.has(error.code)) return false;
  const { type } = error.details as { readonly type?: string };
  return !(type === 'subscribe' && (error.code === 'INVALID_RESPONSE' || statusOf(error) === 400));
}

/** The error status that the server answered with; NaN without one. */
export function statusOf(error: AnyBanksideError): number {
  return error.code === 'HTTP' ? error.details.status : Number.NaN;
}
