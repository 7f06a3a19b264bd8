/**
 * The longest wait that a server can ask for: 15 minutes, in ms. This is not the lifetime of a queue: the limit also applies to
 * the widget's servers.
 */
const LONGEST_WAIT = 900_000;

/** A number of at least this is a unix time, not a time to wait. In ms: a day in 2001. */
const LEAST_UNIX_TIME = 1_000_000_000_000;

/**
 * How long a server asks to wait, in ms from now, at most 15 minutes. It reads `Retry-After` as seconds, as a date, or as unix
 * time in place of seconds, also where the header came twice. A time in the past is 0. Returns `undefined` where the header is
 * missing, hidden by CORS, or not readable.
 *
 * @param now The server's time in unix ms. Default: its header `Date`, else the time of this machine.
 * @see RFC 9110, section 10.2.3
 */
export function retryAfter(
  headers: Headers,
  now: number = timeIn(headers, 'date') ?? Date.now(),
): number | undefined {
  const value = readOnce(headers, 'retry-after');
  const number = /^\d+(\.\d*)?$/.test(value) ? Number(value) * 1000 : Number.NaN;
  const time = number >= LEAST_UNIX_TIME ? number : timeIn(headers, 'retry-after');
  const wait = time === undefined ? number : time - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), LONGEST_WAIT);
}

/** A date in the headers, in unix ms. */
export function timeIn(headers: Headers, name: 'date' | 'retry-after'): number | undefined {
  const value = readOnce(headers, name);
  // Engines read '-5' and '1.5' as dates. A date of HTTP begins with the name of a day; its oldest form has no zone.
  const date = /^[a-z]{3}/i.test(value) ? value.replace(/ \d{4}$/, '$& GMT') : '';
  // Not `Date.parse`: old libraries replace it with one that returns something else.
  const time = new Date(date).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** The value of a header. Where the same header came twice, its values are joined by a comma. */
function readOnce(headers: Headers, name: string): string {
  const value = headers.get(name)?.trim() ?? '';
  const [, once = value] = /^(.+?), *\1$/.exec(value) ?? [];
  return once;
}
