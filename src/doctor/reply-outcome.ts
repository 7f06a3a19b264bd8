import { fieldsOf } from '../check.ts';

/**
 * What a server itself says of a command in its reply, as far as it does. Read loosely: servers write numbers as strings, and
 * `0` for `false`.
 *
 * @param httpStatus The status of the answer.
 */
export function replyOutcome(reply: unknown, httpStatus: number): 'success' | 'failure' | undefined {
  const { ok, status } = fieldsOf(reply);
  if (isOneOf(ok, 'false', '0') || isFailure(status, httpStatus)) return 'failure';
  return isOneOf(ok, 'true', '1') ? 'success' : undefined;
}

function isOneOf(value: unknown, ...words: readonly string[]): boolean {
  return words.includes(wordOf(value).toLowerCase());
}

/** The error pages of frameworks repeat the status of the answer. With these, they say that nothing has answered the command. */
function isFailure(status: unknown, httpStatus: number): boolean {
  const said = Number(wordOf(status));
  const isErrorPage = said === httpStatus && (httpStatus === 404 || httpStatus === 405 || httpStatus >= 500);
  return said >= 400 && !isErrorPage;
}

/** `''` for objects, which may have a `toString` that is no function. */
function wordOf(value: unknown): string {
  return typeof value === 'object' || value === undefined ? '' : String(value);
}
