import { attempt, checkCall } from '../check.ts';

/**
 * `JSON.stringify`, also on a page where an old library (Prototype.js) has given arrays a `toJSON` that writes them as
 * text.
 *
 * @param replace What is written in place of each value.
 */
export function stringify(value: unknown, replace: (value: unknown) => unknown = itself): string {
  const isChanged = 'toJSON' in Array.prototype;
  if (!isChanged && replace === itself) return JSON.stringify(value);
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, written) {
    return replace(isChanged && Array.isArray(this[key]) ? this[key] : written);
  });
}

function itself(value: unknown): unknown {
  return value;
}

/** What the engine says of a body that is none names its fields. @throws INVALID_CALL */
export function toJson(value: unknown): string {
  const json = attempt(() => stringify(value));
  checkCall(json !== undefined, 'send', 'a body that can be written as JSON', value);
  return json as string;
}
