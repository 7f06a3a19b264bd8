import {
  BanksideError,
  type ErrorDetails,
  misfit,
  type RequestErrorCode,
  type RequestErrorDetails,
} from '../errors.ts';
import { now } from '../now.ts';

/** What was asked, of which an error tells. */
export interface Asked extends Pick<RequestErrorDetails, 'type'> {
  /** Of the queue or the connection; empty if there is none yet. */
  readonly id: string;
  /** On the clock of `performance.now()`. */
  readonly started: number;
}

/** An error about one request of the queue. */
export function queueError<K extends RequestErrorCode>(
  code: K,
  message: string,
  { type, id, started }: Asked,
  more?: Omit<ErrorDetails[K], keyof RequestErrorDetails> | { readonly status: number },
  cause?: unknown,
): BanksideError<K> {
  const elapsed = Math.round(now() - started);
  const details = { requestId: id, server: 'queue', type, elapsed, ...more } as unknown as ErrorDetails[K];
  return new BanksideError(code, `${message} (${type} of the event queue)`, details, { cause });
}

/** An answer that is not what was asked for. */
export function misread(asked: Asked, expected: string, received: string): BanksideError<'INVALID_RESPONSE'> {
  const mismatch = { expected, received };
  return queueError('INVALID_RESPONSE', misfit('answer', mismatch), asked, mismatch);
}
