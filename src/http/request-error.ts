import { mismatchMessage } from '../check.ts';
import {
  BanksideError,
  type ErrorDetails,
  errorName,
  type RequestErrorCode,
  type RequestErrorDetails,
} from '../errors.ts';
import { shortText } from '../text/printable.ts';
import { now } from '../time.ts';

/** A request, for errors about it, and when it started on the clock of `performance.now()`. */
export interface StartedRequest {
  readonly request: Pick<RequestErrorDetails, 'requestId' | 'server' | 'type'>;
  readonly started: number;
}

/** How many characters of a type an error has. It comes from the body, and errors are logged. */
export const LONGEST_TYPE = 64;

/** An error about one request. Its message names type and server. Its details have the rest. */
export function requestError<K extends RequestErrorCode>(
  code: K,
  message: string,
  { request, started }: StartedRequest,
  more?: Omit<ErrorDetails[K], keyof RequestErrorDetails> | { readonly status: number },
  cause?: unknown,
): BanksideError<K> {
  const { requestId, server } = request;
  const type = request.type && shortText(request.type, LONGEST_TYPE);
  const elapsed = Math.round(now() - started);
  const details = { requestId, server, type, elapsed, ...more } as unknown as ErrorDetails[K];
  const name = server === 'queue' ? `${type} of the event queue` : `${type ?? 'a request'} to ${server}`;
  return new BanksideError(code, `${message} (${name})`, details, { cause });
}

/** An error about an answer that does not fit. */
export function invalidResponse(
  what: string,
  sent: StartedRequest,
  expected: string,
  received: string,
  cause?: unknown,
): BanksideError<'INVALID_RESPONSE'> {
  const details = { expected, received };
  return requestError('INVALID_RESPONSE', mismatchMessage(what, details), sent, details, cause);
}

/** The error for an error status. A redirect is one too: following it would send the token to another address. */
export function statusError(
  { status }: Response,
  sent: StartedRequest,
): BanksideError<'UNAUTHORIZED' | 'HTTP'> {
  // Browsers hide a redirect that is not followed behind the status 0.
  const answer = status < 400 ? 'a redirect, which is not followed' : `status ${status}`;
  const code = status === 401 ? 'UNAUTHORIZED' : 'HTTP';
  return requestError(code, `The server answered with ${answer}`, sent, { status });
}

/** Says how `fetch` failed. Its message is not copied: a wrapper may have put the request into it. */
export function fetchFailure(error: unknown): Error {
  const isTypeError = errorName(error) === 'TypeError'; // also one of another frame
  const kind = isTypeError ? 'a TypeError, as for a failing network, CORS or CSP' : 'another error';
  return new Error(`fetch rejected with ${kind}`);
}
