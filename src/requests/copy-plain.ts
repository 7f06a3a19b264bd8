import { attempt, isObject, isPlain } from '../check.ts';

/**
 * Copies the plain objects and arrays in a value, cycles included. Functions, elements and instances of classes stay the
 * same objects. A property that cannot be read is left out, an item becomes `undefined`. A value that is nested too
 * deep to be copied is returned itself.
 */
export function copyPlain<T>(value: T): T {
  return (attempt(() => copy(value, new Map())) ?? value) as T;
}

/** @param copies The copies so far, by their originals. */
function copy(given: unknown, copies: Map<unknown, unknown>): unknown {
  if (!isObject(given)) return given;
  const known = copies.get(given);
  if (known) return known;
  if (Array.isArray(given)) {
    const items: unknown[] = [];
    copies.set(given, items);
    for (let at = 0; at < given.length; at += 1) {
      const item = attempt(() => given[at]);
      items.push(copy(item, copies));
    }
    return items;
  }
  if (!isPlain(given)) return given;
  const fields: Record<string, unknown> = {};
  copies.set(given, fields);
  for (const name of Object.keys(given)) {
    const part = attempt(() => [given[name]]); // a getter of the widget may throw
    if (!part) continue;
    // Defined, not assigned: assigning '__proto__' would set the prototype.
    const value = copy(part[0], copies);
    Object.defineProperty(fields, name, { value, configurable: true, enumerable: true, writable: true });
  }
  return fields;
}
