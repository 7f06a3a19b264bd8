import { attempt } from '../check.ts';

type Fields = Record<string, unknown>;

/**
 * A copy of the plain objects and arrays in a value, however they refer to each other. Everything else stays what it
 * is: functions, elements, instances of classes. A property that cannot be read is left out, an item `undefined`. What is nested too deep to
 * be copied is returned itself.
 */
export function copyPlain<T>(value: T): T {
  const copies = new Map<unknown, unknown>();

  function copy(given: unknown): unknown {
    if (typeof given !== 'object' || given === null) return given;
    const known = copies.get(given);
    if (known) return known;
    if (Array.isArray(given)) {
      const list: unknown[] = [];
      copies.set(given, list);
      for (let at = 0; at < given.length; at += 1) list.push(copy(attempt(() => given[at])));
      return list;
    }
    if (!isPlain(given)) return given;
    const fields: Fields = {};
    copies.set(given, fields);
    for (const name of Object.keys(given)) {
      const part = attempt(() => [(given as Fields)[name]]); // a getter of the widget's may throw
      if (!part) continue;
      // Defined, not assigned: '__proto__' is a name like any other.
      const value = copy(part[0]);
      Object.defineProperty(fields, name, { value, configurable: true, enumerable: true, writable: true });
    }
    return fields;
  }

  return (attempt(() => copy(value)) ?? value) as T;
}

/** A literal, be it of another frame. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
