import { orAbort } from '../abort.ts';
import { attempt, checkOption, isFunction } from '../check.ts';
import { redactedCause } from '../errors.ts';

/** The option `headers`: fixed headers, or a function that returns them. */
export type HeadersOption<Args extends unknown[] = []> =
  | HeadersInit
  | ((...args: Args) => HeadersInit | Promise<HeadersInit>)
  | undefined;

/**
 * Reads headers as `fetch` does. The engine's error is dropped, since it may quote them.
 *
 * @param option The name of the option that gave them.
 */
export function readHeaders(headers: HeadersInit | undefined, option = 'headers'): Headers {
  const read = attempt(() => new Headers(headers));
  checkOption(!!read, option, 'names and values that HTTP allows', headers);
  return read as Headers;
}

/**
 * The headers for one request. If the signal aborts, a function that never answers keeps nothing of the request in memory.
 *
 * @param makeError Makes the error for a function that threw. Its cause is redacted, as it may quote a header.
 */
export async function headersFor<Args extends unknown[]>(
  headers: HeadersOption<Args>,
  makeError: (cause: Error) => Error,
  signal: AbortSignal,
  ...args: Args
): Promise<Headers> {
  let given: HeadersInit | undefined;
  try {
    given = isFunction(headers) ? await orAbort(headers(...args), signal) : headers;
  } catch (thrown) {
    signal.throwIfAborted();
    throw makeError(redactedCause(thrown));
  }
  return readHeaders(given);
}
