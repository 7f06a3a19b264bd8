import { attempt } from '../check.ts';

type Fields = Record<string, unknown>;

/** A property that was replaced, once or more often, and what it was before all that. */
interface Replaced {
  readonly original: PropertyDescriptor | undefined;
  /** In the order in which they were put there. */
  values: unknown[];
}

/** Of each object, by name. Several bridges may replace what one object has, and end in any order. */
const replacedOf = /* @__PURE__ */ new WeakMap<object, Map<string, Replaced>>();

/**
 * Puts a value in place of an object's own property.
 *
 * @returns The function that takes it away again, and leaves what somebody else has put there since; `undefined` where
 *   the object does not take it.
 */
export function replaceFunction(object: Fields, name: string, value: unknown): (() => void) | undefined {
  const byName = replacedOf.get(object) ?? new Map<string, Replaced>();
  const current = attempt(() => Object.getOwnPropertyDescriptor(object, name));
  const known = byName.get(name);
  // What the object's owner has put there since is what it is to get back.
  const isOurs = known?.values.includes(current?.value);
  const replaced: Replaced = known && isOurs ? known : { original: current, values: [] };
  if (!define(object, name, current, value)) return undefined;
  replaced.values.push(value);
  byName.set(name, replaced);
  replacedOf.set(object, byName);
  return () => takeAway(object, name, replaced, value);
}

function takeAway(object: Fields, name: string, replaced: Replaced, value: unknown): void {
  const { original, values } = replaced;
  const isShown = attempt(() => object[name]) === value;
  values.splice(values.lastIndexOf(value), 1);
  if (!isShown) return;
  if (values.length > 0) define(object, name, original, values[values.length - 1]);
  else if (original) attempt(() => Reflect.defineProperty(object, name, original));
  else attempt(() => Reflect.deleteProperty(object, name));
}

/** Returns whether the object took it. */
function define(
  object: Fields,
  name: string,
  before: PropertyDescriptor | undefined,
  value: unknown,
): boolean {
  // A global function of a script cannot be configured, but can be written.
  const attributes = before?.writable ? before : { configurable: true, enumerable: true, writable: true };
  // The object may be a proxy, or a window that has gone.
  return attempt(() => Reflect.defineProperty(object, name, { ...attributes, value })) === true;
}
