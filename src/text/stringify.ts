import { attempt, checkCall } from '../check.ts';

/**
 * `JSON.stringify`, also on a page where an old library (Prototype.js) has given arrays a `toJSON` that writes them as strings.
 *
 * @param replace Gets each value, and returns the one to write instead.
 */
export function stringify(value: unknown, replace?: (value: unknown) => unknown): string {
  const isPatched = 'toJSON' in Array.prototype;
  if (!isPatched && !replace) return JSON.stringify(value);
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, converted) {
    // `converted` is what a `toJSON` returned. `this[key]` is the value itself.
    const original = isPatched && Array.isArray(this[key]) ? this[key] : converted;
    return replace ? replace(original) : original;
  });
}

/** The same for a body. The engine's own error is dropped, as it names the body's fields. @throws INVALID_CALL */
export function toJson(body: unknown): string {
  const json = attempt(() => stringify(body));
  checkCall(json !== undefined, 'send', 'a body that can be written as JSON', body);
  return json as string;
}
