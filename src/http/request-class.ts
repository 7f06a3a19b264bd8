import { attempt, invalidOption, isFunction } from '../check.ts';

// ky makes its first `Request` when it is loaded, and says nothing that helps where that is another class.
if (globalThis.Request) checkRequestClass();

/**
 * Old libraries put a class of their own in the place of the browser's `Request`. ky would make one of those, and lose
 * method and headers with it.
 *
 * @throws INVALID_OPTIONS
 */
export function checkRequestClass(): void {
  const options = { method: 'POST', headers: { 'x-probe': '1' } };
  const probe = attempt(() => new Request('https://bank.example/', options));
  const isOwn = probe?.method === 'POST' && isFunction(probe.clone) && isFunction(probe.arrayBuffer);
  if (isOwn && attempt(() => probe.headers.get('x-probe')) === '1') return;
  throw invalidOption(
    'window.Request',
    "the browser's own class (keep it before an old library is loaded, and put it back afterwards)",
    'one that a script of the page has put in its place',
  );
}
