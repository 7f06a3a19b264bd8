import { attempt } from '../../check.ts';
import type { Fault } from '../../doctor/fault.ts';
import { FORM } from '../../doctor/quoted-value.ts';
import type { Quote } from './quote.ts';
import { joinedValue, type RawAnswer } from './raw-answer.ts';

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Of the address it leads to, only the origin is shown: the rest may hold what a session is continued with. */
export function redirectFault({ status, headers }: RawAnswer, from: URL, quote: Quote): Fault {
  const location = joinedValue(headers, 'location');
  const to = location === undefined ? undefined : attempt(() => new URL(location, from));
  return {
    id: 'redirect',
    seen: `It is a redirect (${status}) ${to ? place(to, from, quote) : 'to no address'}.`,
  };
}

function place(to: URL, from: URL, quote: Quote): string {
  if (!/^https?:$/.test(to.protocol)) return 'to an address that begins with neither https:// nor http://';
  if (to.origin !== from.origin) {
    const isSecured = to.host === from.host && from.protocol === 'http:';
    return isSecured ? 'to the same host over https' : `to ${quote(to.origin, FORM.origins)}`;
  }
  if (to.pathname === `${from.pathname}/`) return 'to the same address with a slash at its end';
  if (`${to.pathname}/` === from.pathname) return 'to the same address without the slash at its end';
  return to.pathname === from.pathname ? 'to the same address' : 'to another address of the same host';
}
