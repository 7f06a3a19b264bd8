import { attempt } from '../attempt.ts';

type Fields = Record<string, unknown>;

/**
 * A copy of the plain objects and arrays in a value, however they refer to each other. Everything else stays what it
 * is: functions, elements, instances of classes. A property that cannot be read is left out. What is nested too deep to
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
      for (const item of given) list.push(copy(item));
      return list;
    }
    if (!isPlain(given)) return given;
    const fields: Fields = {};
    copies.set(given, fields);
    for (const name of Object.keys(given)) {
      try {
        // Defined, not assigned: '__proto__' is a name like any other.
        Object.defineProperty(fields, name, {
          value: copy((given as Fields)[name]),
          configurable: true,
          enumerable: true,
          writable: true,
        });
      } catch {
        // A getter of the widget's threw.
      }
    }
    return fields;
  }

  return (attempt(() => copy(value)) ?? value) as T;
}

/** A literal, be it of another frame. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
