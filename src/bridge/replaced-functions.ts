import { attempt, type Fields } from '../check.ts';

/** A property that was replaced, once or more often. */
interface Replaced {
  /** The property before the first of our values. */
  readonly original: PropertyDescriptor | undefined;
  /** Our values that are in use, the newest last. */
  values: unknown[];
}

/** For each object, by name. Several bridges may replace the same function, and end in any order. */
const replacedOf = /* @__PURE__ */ new WeakMap<object, Map<string, Replaced>>();

/**
 * Puts a value in place of an object's own property.
 *
 * @returns The function that undoes it, unless somebody else has replaced the value since; `undefined` if the object
 *   refuses the value.
 */
export function replaceFunction(object: Fields, name: string, value: unknown): (() => void) | undefined {
  const byName = replacedOf.get(object) ?? new Map<string, Replaced>();
  const current = attempt(() => Object.getOwnPropertyDescriptor(object, name));
  const known = byName.get(name);
  // If the page has put a value of its own there since, that is the new original.
  const isOurs = known?.values.includes(current?.value);
  const replaced: Replaced = known && isOurs ? known : { original: current, values: [] };
  if (!define(object, name, current, value)) return undefined;
  replaced.values.push(value);
  byName.set(name, replaced);
  replacedOf.set(object, byName);
  return () => undo(object, name, replaced, value);
}

function undo(object: Fields, name: string, replaced: Replaced, value: unknown): void {
  const { original, values } = replaced;
  const isCurrent = attempt(() => object[name]) === value;
  values.splice(values.lastIndexOf(value), 1);
  if (!isCurrent) return;
  if (values.length > 0) define(object, name, original, values[values.length - 1]);
  else if (original) attempt(() => Reflect.defineProperty(object, name, original));
  else attempt(() => Reflect.deleteProperty(object, name));
}

/** Returns whether the object accepted the value. */
function define(
  object: Fields,
  name: string,
  before: PropertyDescriptor | undefined,
  value: unknown,
): boolean {
  // A global function of a script is not configurable, but writable.
  const attributes = before?.writable ? before : { configurable: true, enumerable: true, writable: true };
  // The object may be a proxy, or a window that is closed.
  return attempt(() => Reflect.defineProperty(object, name, { ...attributes, value })) === true;
}
