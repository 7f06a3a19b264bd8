/** The longest wait that a server is granted, in ms: as long as an event queue lives. */
const LONGEST_WAIT = 900_000;

/** From here on, a number is not one of seconds to wait, but a unix time, in ms: of 2001. */
const LEAST_UNIX_TIME = 1_000_000_000_000;

/**
 * How long a server asks to wait, in ms from now, 15 minutes at most: `Retry-After` as seconds, as a date, or as unix
 * time where seconds belong; also when the header came twice. A time that has passed is 0. `undefined` where the header
 * is missing, hidden by CORS, or not to be understood.
 *
 * @param now The server's time in unix ms. Default: as its header `Date` says, else this machine's.
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

/** A date among the headers, in unix ms. */
export function timeIn(headers: Headers, name: 'date' | 'retry-after'): number | undefined {
  const value = readOnce(headers, name);
  // Engines take '-5' and '1.5' for dates; one of HTTP begins with the day's name. The oldest form leaves out the zone.
  const date = /^[a-z]{3}/i.test(value) ? value.replace(/ \d{4}$/, '$& GMT') : '';
  // Not `Date.parse`, which old libraries replace by one that returns something else.
  const time = new Date(date).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** Its value; that of a header that came twice is joined by a comma. */
function readOnce(headers: Headers, name: string): string {
  const value = headers.get(name)?.trim() ?? '';
  const [, once = value] = /^(.+?), *\1$/.exec(value) ?? [];
  return once;
}
