import { attempt, type Fields, isFunction, isObject, isPlain } from '../check.ts';

/** How many objects a copy may have. A widget's objects refer to each other, on very many paths. */
const MOST_OBJECTS = 100_000;

/** How deep objects may be nested. Engines have different limits, and lower ones for writing JSON than for copying. */
const MOST_LEVELS = 100;

/**
 * Copies the part of a value that JSON can express. Widgets change their objects after the call, so the copy is made at once.
 *
 * Other parts are left out: functions, elements, windows, jQuery objects, references back to a parent, big integers, getters
 * that throw, and what is deeper than 100 levels. In an array they become `null`, so that the other items keep their index.
 *
 * @returns `undefined` where JSON can express nothing of the value.
 */
export function jsonCopy(value: unknown): unknown {
  /** The objects around the one that is being copied. */
  const parents = new Set<object>();
  let objects = 0;

  function copy(given: unknown, key: string): unknown {
    const json = converted(given, key);
    if (!isObject(json)) return ['function', 'symbol', 'bigint'].includes(typeof json) ? undefined : json;
    if (json instanceof Number || json instanceof String || json instanceof Boolean) return json.valueOf();
    objects += 1;
    if (parents.size === MOST_LEVELS || objects > MOST_OBJECTS) return undefined;
    if (parents.has(json) || isPartOfPage(json)) return undefined;
    parents.add(json);
    const copied = attempt(() => copyParts(json));
    parents.delete(json);
    return copied;
  }

  function copyParts(object: Fields): unknown {
    const part = (key: string): unknown => attempt(() => copy(object[key], key));
    // Not `Array.from`: old libraries replace it with one that takes no function.
    if (Array.isArray(object)) return [...object].map((_item, index) => part(`${index}`) ?? null);
    const parts = Object.keys(object).map((key) => [key, part(key)] as const);
    // `fromEntries` defines own properties, also for a key such as `__proto__`.
    return Object.fromEntries(parts.filter(([, copied]) => copied !== undefined));
  }

  return attempt(() => copy(value, ''));
}

/** What the `toJSON` of a value returns, else the value. That of an array is ignored: old libraries write arrays as strings. */
function converted(value: unknown, key: string): unknown {
  const toJSON = isObject(value) && !Array.isArray(value) ? value['toJSON'] : undefined;
  return isFunction(toJSON) ? toJSON.call(value, key as never) : value;
}

/** Whether an object is not data but part of the page: an element, a window, or a jQuery list of elements. */
function isPartOfPage(object: Fields): boolean {
  // A plain object is data, whatever its fields are.
  if (isPlain(object) || Array.isArray(object)) return false;
  const { nodeType, jquery, window } = object;
  return typeof nodeType === 'number' || typeof jquery === 'string' || window === object;
}
