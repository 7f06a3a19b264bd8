import { attempt, type Fields } from '../check.ts';
import { sharedMap } from './shared-map.ts';

/** A property that was replaced, once or more often. */
interface Replaced {
  /** The property before the first of our values. */
  readonly original: PropertyDescriptor | undefined;
  /** What was read there, in an array; `undefined` if that threw. */
  readonly read: readonly unknown[] | undefined;
  /** Our values that are in use, the newest last. */
  values: unknown[];
}

/** For each object, by name. Several bridges may replace the same function, and end in any order. */
const replacedOf = /* @__PURE__ */ sharedMap<Map<string, Replaced>>('replaced');

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
  const replaced: Replaced =
    known && isOurs ? known : { original: current, read: readProperty(object, name), values: [] };
  if (!define(object, name, current, value)) return undefined;
  replaced.values.push(value);
  byName.set(name, replaced);
  replacedOf.set(object, byName);
  return () => undo(object, name, replaced, value);
}

function undo(object: Fields, name: string, replaced: Replaced, value: unknown): void {
  const { original, read, values } = replaced;
  const isCurrent = attempt(() => object[name]) === value;
  values.splice(values.lastIndexOf(value), 1);
  if (values.length === 0) forget(object, name, replaced);
  if (!isCurrent) return;
  if (values.length > 0) define(object, name, original, values[values.length - 1]);
  else if (original) {
    attempt(() => Reflect.defineProperty(object, name, original));
    // A getter of MobX has lost its value when it comes back: the value itself takes its place.
    if (read && !readProperty(object, name)) define(object, name, undefined, read[0]);
  } else attempt(() => Reflect.deleteProperty(object, name));
}

function readProperty(object: Fields, name: string): unknown[] | undefined {
  return attempt(() => [object[name]]);
}

/** The page's object is left without a trace. */
function forget(object: Fields, name: string, replaced: Replaced): void {
  const byName = replacedOf.get(object);
  if (byName?.get(name) === replaced) byName.delete(name);
  if (byName?.size === 0) replacedOf.delete(object);
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
