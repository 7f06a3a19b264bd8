import { attempt, isFunction, isObject } from '../check.ts';

type Fields = Readonly<Record<string, unknown>>;

/** How many objects a notice may hold. A widget's own objects refer to each other on more paths than one can walk. */
const MOST_OBJECTS = 100_000;

/**
 * How many objects may be in each other. Engines follow more, but not equally many, and what writes the JSON follows
 * fewer than what copies.
 */
const MOST_LEVELS = 100;

/**
 * Copies what JSON can say of a value, as it is now: widgets change their objects after the call.
 *
 * The parts that JSON cannot say are left out, and nothing else is lost with them: functions, elements, windows,
 * jQuery's objects, references back to an object around them, big integers, what throws when it is read, and what is
 * deeper than 100 levels. In an array `null` stands for them, so that the others keep their places.
 *
 * @returns `undefined` where nothing of the value can be said.
 */
export function noticeData(value: unknown): unknown {
  /** The objects that the one being copied is in. */
  const around = new Set<object>();
  let objects = 0;

  function copy(given: unknown, key: string): unknown {
    // Old libraries give all arrays one that writes them as text.
    const own = isObject(given) && !Array.isArray(given) ? given['toJSON'] : undefined;
    const told = isFunction(own) ? own.call(given, key as never) : given;
    if (!isObject(told)) return ['function', 'symbol', 'bigint'].includes(typeof told) ? undefined : told;
    if (told instanceof Number || told instanceof String || told instanceof Boolean) return told.valueOf();
    objects += 1;
    if (around.size === MOST_LEVELS || objects > MOST_OBJECTS) return undefined;
    if (around.has(told) || isOfThePage(told)) return undefined;
    around.add(told);
    const copied = attempt(() => copyParts(told));
    around.delete(told);
    return copied;
  }

  function copyParts(object: Fields): unknown {
    const part = (key: string): unknown => attempt(() => copy(object[key], key));
    // Not `Array.from`, which old libraries replace by one that takes no function.
    if (Array.isArray(object)) return [...object].map((_item, index) => part(`${index}`) ?? null);
    const parts = Object.keys(object).map((key) => [key, part(key)] as const);
    // Makes own properties, whatever their names are.
    return Object.fromEntries(parts.filter(([, copied]) => copied !== undefined));
  }

  return attempt(() => copy(value, ''));
}

/** Whether an object is a thing of the page, and no data: an element, a window, or jQuery's list of elements. */
function isOfThePage(object: Fields): boolean {
  const parent = Object.getPrototypeOf(object);
  // What is written as { … } is data, whatever its names are. Its Object may be that of another frame.
  if (parent === null || Object.getPrototypeOf(parent) === null || Array.isArray(object)) return false;
  const { nodeType, jquery, window } = object;
  return typeof nodeType === 'number' || typeof jquery === 'string' || window === object;
}
