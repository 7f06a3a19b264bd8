/** A lockdown like that of SES: assigning an inherited property throws. */
export function lockdown() {
  const seen = new Set();
  const freeze = (value) => {
    if (Object(value) !== value || seen.has(value)) return;
    seen.add(value);
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) {
      const { value: part, get, set } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      for (const next of [part, get, set]) freeze(next);
    }
    freeze(Object.getPrototypeOf(value));
  };
  const names =
    'Object Function Array String Number Boolean Symbol BigInt RegExp Date Promise Map Set WeakMap WeakSet WeakRef Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer DataView Uint8Array JSON Math Reflect Proxy';
  for (const name of names.split(' ')) freeze(window[name]);
  for (const list of [
    [].values(),
    new Map().values(),
    new Set().values(),
    ''[Symbol.iterator](),
    (function* () {})(),
    (async function* () {})(),
  ])
    freeze(Object.getPrototypeOf(list));
  freeze(Object.getPrototypeOf(async () => {}));
  // Globals of the engine, beside those of the language.
  if (!window.document) return;
  const given =
    'AbortController AbortSignal Event EventTarget Headers MessageChannel MessagePort MessageEvent Request Response URL URLSearchParams TextDecoder TextEncoder Storage DOMException';
  for (const name of given.split(' ')) {
    Object.freeze(window[name]);
    Object.freeze(window[name].prototype);
  }
}
