import { attempt, invalidOption, isFunction } from '../check.ts';

// ky makes its first `Request` while it loads, and fails without a useful error if that is another class.
if (globalThis.Request) checkRequestClass();

/** The classes that are needed from the creation on. */
const CLASSES = ['Response', 'Headers', 'AbortController'] as const;

const FOR_TESTS = 'in Jest with jsdom, use jest-fixed-jsdom';

/** Checks that the page has these classes: jsdom has not all of them. @throws INVALID_OPTIONS naming the first that is missing. */
export function checkClasses(): void {
  for (const name of CLASSES) checkGlobal(name, globalThis[name]);
}

/** Checks what a request needs, just before it is sent. @throws INVALID_OPTIONS */
export function checkPlatform(fetch: unknown): void {
  checkGlobal('fetch', fetch);
  if (!globalThis.Request) checkGlobal('Request', globalThis.Request);
  checkRequestClass();
  const signal = attempt(() => new AbortController().signal);
  if (attempt(() => new Request('https://bank.example/', { signal: signal as AbortSignal }))) return;
  const expected = `a class whose signals window.Request accepts (${FOR_TESTS})`;
  throw invalidOption('window.AbortController', expected, 'that of another platform');
}

function checkGlobal(name: string, value: unknown): void {
  if (isFunction(value)) return;
  const expected = `a function, as in browsers and in Node 20 and later (${FOR_TESTS})`;
  throw invalidOption(`window.${name}`, expected, [value]);
}

/**
 * Checks that `Request` is the browser's own class. Old libraries replace it with their own, and ky would then lose method and
 * headers.
 *
 * @throws INVALID_OPTIONS
 */
function checkRequestClass(): void {
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
