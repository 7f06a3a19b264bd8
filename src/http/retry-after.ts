/**
 * How long a server asks to wait, in ms from now: `Retry-After` as seconds or as a date. A date that has
 * passed is 0. `undefined` where the header is missing, hidden by CORS, or not to be understood.
 *
 * @param longest What a date comes to at most, in ms: for who does not know the server's time.
 * @see RFC 9110, section 10.2.3
 */
export function retryAfter(
  headers: Headers,
  now: number = Date.now(),
  longest: number = Infinity,
): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Date.parse takes '-5' and '1.5' for dates; an HTTP date begins with the day's name.
  const date = /^[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), longest);
}
