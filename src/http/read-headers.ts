import { attempt } from '../attempt.ts';
import { check } from '../errors.ts';

/**
 * Headers as fetch takes them. What the engine says of bad ones may quote them, and is dropped.
 *
 * @param name The option or the call that gave them.
 */
export function readHeaders(
  code: 'INVALID_OPTIONS' | 'INVALID_CALL',
  name: string,
  headers: HeadersInit | undefined,
): Headers {
  const read = attempt(() => new Headers(headers));
  check(!!read, code, name, 'names and values that HTTP allows', headers);
  return read as Headers;
}
