import { attempt, type Fields, isFunction, isObject } from '../check.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import { copyText } from '../text/printable.ts';
import { idText } from '../text/request-id.ts';
import { stringify } from '../text/stringify.ts';
import { TIME_FIELDS } from './known-fields.ts';
import { knownNames, knownRules, type Rule } from './known-values.ts';
import { Placeholders } from './placeholders.ts';
import type { RecordOptions } from './recorder.ts';

/** How deep a value may be nested. */
const MOST_LEVELS = 50;
/** How much of one value is read, so that a page never waits long: each value counts one, and each 100 characters too. */
const MOST_WORK = 50_000;
const CHARACTERS = 100;
/** Times of the queue are not older or newer than this, in seconds: five years. A birthday is older. */
const LONGEST_TIME = 157_680_000;

const BOXES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  '[object String]',
  '[object Number]',
  '[object Boolean]',
]);

/** The reading of one value. */
interface Reading {
  /** How much may still be read. */
  left: number;
  /** The objects around the one that is being read. */
  readonly parents: Set<object>;
  /** Whether the times of the queue are times, and become relative. */
  readonly hasTimes: boolean;
}

class TooMuch extends Error {}

/**
 * Copies values as JSON. A value stays only if its field is known and the value is one of the field's. All others are replaced.
 * It never throws: what cannot be read is replaced as well.
 */
export class Redactor {
  readonly #rules: Map<string, Rule>;
  readonly #names: Set<string>;
  readonly #placeholders: Placeholders;
  readonly #startsAt: number;

  /** @param startsAt The beginning of the recording, in unix seconds. */
  constructor(allow: RecordOptions['allow'], startsAt: number) {
    this.#rules = knownRules();
    this.#names = knownNames();
    this.#startsAt = startsAt;
    for (const [field, values] of Object.entries(allow ?? {})) {
      const known = this.#rules.get(field);
      const allowed = values === true ? undefined : new Set(values.map(String));
      this.#rules.set(field, (value) => !allowed || allowed.has(value) || known?.(value) === true);
      this.#names.add(field);
    }
    this.#placeholders = new Placeholders(this.#names);
  }

  /** Redacts a body or a reply. A string of JSON stays a string of JSON. */
  read(value: unknown): unknown {
    return this.#start(value, false);
  }

  /** The same for what the queue says. Its times become seconds since the beginning. */
  readQueue(value: unknown): unknown {
    return this.#start(value, true);
  }

  /** An id, as the string by which ids are compared. */
  id(value: unknown): string {
    return this.#start(idText(value), false) as string;
  }

  #start(value: unknown, hasTimes: boolean): unknown {
    const { size } = this.#placeholders;
    try {
      return this.#read(value, undefined, { left: MOST_WORK, parents: new Set(), hasTimes });
    } catch {
      this.#placeholders.forgetAfter(size); // nothing of the value is in the file
      return this.#placeholders.next();
    } finally {
      forgetLastMatch();
    }
  }

  /** @param field The field whose value this is, if its name is known. For an item of a list, the list's. */
  #read(given: unknown, field: string | undefined, reading: Reading): unknown {
    work(reading, 1);
    // Before `toJSON`. With a placeholder for each byte, the string could be guessed.
    if (ArrayBuffer.isView(given)) return this.#placeholders.next();
    const value = converted(given, field);
    switch (typeof value) {
      case 'string':
        return this.#readText(value, field, reading);
      case 'number':
        return Number.isFinite(value) ? this.#readNumber(value, field, reading) : null;
      case 'boolean':
        return this.#stays(`${value}`, field) ? value : false;
      case 'object':
        return value === null ? null : this.#readObject(value as Fields, field, reading);
      default:
        return undefined; // JSON has no other types
    }
  }

  #readText(text: string, field: string | undefined, reading: Reading): unknown {
    work(reading, text.length / CHARACTERS);
    // Copied, since in some engines a part of a string keeps the whole string in memory.
    if (text === '' || this.#stays(text, field)) return copyText(text);
    const parsed = parsedJson(text);
    return parsed ? stringify(this.#read(parsed, field, reading)) : this.#placeholders.of(text);
  }

  #readNumber(value: number, field: string | undefined, { hasTimes }: Reading): number {
    if (this.#stays(`${value}`, field)) return value;
    const time = Math.round(value - this.#startsAt);
    if (hasTimes && field !== undefined && TIME_FIELDS.has(field) && Math.abs(time) < LONGEST_TIME)
      return time;
    return Number(this.#placeholders.of(`${value}`));
  }

  #stays(text: string, field: string | undefined): boolean {
    const rule = field === undefined ? undefined : this.#rules.get(field);
    return rule?.(text) === true && this.#placeholders.keep(text);
  }

  #readObject(object: Fields, field: string | undefined, reading: Reading): unknown {
    const { parents } = reading;
    if (parents.has(object) || parents.size === MOST_LEVELS) return this.#placeholders.next();
    parents.add(object);
    const copy = Array.isArray(object)
      ? this.#readItems(object, field, reading)
      : this.#readFields(object, reading);
    parents.delete(object);
    return copy;
  }

  #readItems(items: readonly unknown[], field: string | undefined, reading: Reading): unknown[] {
    const copy: unknown[] = [];
    const { length } = items;
    if (length > reading.left) throw new TooMuch();
    for (let at = 0; at < length; at += 1) {
      copy.push(this.#readPart(() => items[at], field, reading) ?? null);
    }
    return copy;
  }

  #readFields(object: Fields, reading: Reading): unknown {
    const parts: (readonly [name: string, value: unknown])[] = [];
    const names = Object.keys(object);
    if (names.length > reading.left) throw new TooMuch();
    for (const name of names) {
      const isKnown = this.#names.has(name);
      const value = this.#readPart(() => object[name], isKnown ? name : undefined, reading);
      if (value !== undefined) parts.push([isKnown ? name : this.#nameOf(name, reading), value]);
    }
    // `fromEntries` defines own properties, also for a name such as `__proto__`.
    return Object.fromEntries(parts);
  }

  /** The placeholder of a name is that of the same value: an object may be a list by ids. */
  #nameOf(name: string, reading: Reading): string {
    work(reading, name.length / CHARACTERS);
    return name === '' ? name : this.#placeholders.of(name);
  }

  /** A part that throws when it is read, such as a getter, is replaced. */
  #readPart(read: () => unknown, field: string | undefined, reading: Reading): unknown {
    const { parents } = reading;
    const around = parents.size;
    try {
      return this.#read(read(), field, reading);
    } catch (error) {
      if (error instanceof TooMuch) throw error;
      for (const parent of [...parents].slice(around)) parents.delete(parent);
      return this.#placeholders.next();
    }
  }
}

function work(reading: Reading, amount: number): void {
  reading.left -= amount;
  if (reading.left < 0) throw new TooMuch();
}

/** What the `toJSON` of a value returns, else the value. That of an array is ignored: old libraries write arrays as strings. */
function converted(value: unknown, field: string | undefined): unknown {
  if (!isObject(value) || Array.isArray(value)) return value;
  const { toJSON } = value;
  return unboxed(isFunction(toJSON) ? toJSON.call(value, (field ?? '') as never) : value);
}

/** The string of `new String('a')`, and so on. Not by `instanceof`: it may be of another window. */
function unboxed(value: unknown): unknown {
  const isBoxed = isObject(value) && BOXES.has(Object.prototype.toString.call(value));
  return isBoxed ? value.valueOf() : value;
}

/** Parses a string, if it is the JSON of an object or a list. */
function parsedJson(text: string): Fields | undefined {
  const json = text.trim(); // also without a byte order mark
  if (!json.startsWith('{') && !json.startsWith('[')) return undefined;
  return attempt(() => JSON.parse(json) as Fields);
}
