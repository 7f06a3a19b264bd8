import { orAbort } from '../abort.ts';
import { attempt, checkOption, isFunction } from '../check.ts';
import { redactedCause } from '../errors.ts';

/** The option `headers`: fixed ones, or a function that gives them when it is asked. */
export type HeadersOption<Asked extends unknown[] = []> =
  | HeadersInit
  | ((...asked: Asked) => HeadersInit | Promise<HeadersInit>)
  | undefined;

/**
 * Headers as fetch takes them. What the engine says of bad ones may quote them, and is dropped.
 *
 * @param name The option that gave them.
 */
export function readHeaders(headers: HeadersInit | undefined, name = 'headers'): Headers {
  const read = attempt(() => new Headers(headers));
  checkOption(!!read, name, 'names and values that HTTP allows', headers);
  return read as Headers;
}

/**
 * Headers for one request. A function that never answers holds nothing of it once the signal has aborted.
 *
 * @param failed Makes the error of a function that threw. Of what it threw the kind alone is kept: it may quote a header.
 */
export async function headersFor<Asked extends unknown[]>(
  headers: HeadersOption<Asked>,
  failed: (cause: Error) => Error,
  signal: AbortSignal,
  ...asked: Asked
): Promise<Headers> {
  let given: HeadersInit | undefined;
  try {
    given = isFunction(headers) ? await orAbort(headers(...asked), signal) : headers;
  } catch (thrown) {
    signal.throwIfAborted();
    throw failed(redactedCause(thrown));
  }
  return readHeaders(given);
}
