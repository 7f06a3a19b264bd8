import { attempt, invalidOption, isFunction } from '../check.ts';

// ky makes its first `Request` while it loads, and fails without a useful error if that is another class.
if (globalThis.Request) checkRequestClass();

/**
 * Checks that `Request` is the browser's own class. Old libraries replace it with their own, and ky would then lose method and
 * headers.
 *
 * @throws INVALID_OPTIONS
 */
export function checkRequestClass(): void {
  const options = { method: 'POST', headers: { 'x-probe': '1' } };
  const probe = attempt(() => new Request('https://bank.example/', options));
  const isNative = probe?.method === 'POST' && isFunction(probe.clone) && isFunction(probe.arrayBuffer);
  if (isNative && attempt(() => probe.headers.get('x-probe')) === '1') return;
  throw invalidOption(
    'window.Request',
    "the browser's own class (save it before an old library is loaded, and restore it afterwards)",
    'one that a script of the page has put in its place',
  );
}
