import { attempt, type Fields, isFunction, isObject } from '../check.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
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

  /** The JSON of a body or a reply. A text of JSON becomes another text of JSON. */
  read(value: unknown): unknown {
    return this.#start(value, false);
  }

  /** The same for what the queue says. Its times become seconds since the beginning. */
  readQueue(value: unknown): unknown {
    return this.#start(value, true);
  }

  /** An id, as a string. */
  id(value: unknown): string {
    return `${this.#start(value, false) ?? this.#placeholders.next()}`;
  }

  #start(value: unknown, hasTimes: boolean): unknown {
    try {
      return this.#read(value, '', { left: MOST_WORK, parents: new Set(), hasTimes });
    } catch {
      return this.#placeholders.next();
    } finally {
      forgetLastMatch();
    }
  }

  #read(given: unknown, field: string, reading: Reading): unknown {
    work(reading, 1);
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

  #readText(text: string, field: string, reading: Reading): unknown {
    work(reading, text.length / CHARACTERS);
    if (text === '' || this.#stays(text, field)) return text;
    const parsed = startsAsJson(text) ? attempt(() => JSON.parse(text) as unknown) : undefined;
    if (isObject(parsed)) return stringify(this.#read(parsed, field, reading));
    return this.#placeholders.of(text);
  }

  #readNumber(value: number, field: string, { hasTimes }: Reading): number {
    if (this.#stays(`${value}`, field)) return value;
    const time = Math.round(value - this.#startsAt);
    if (hasTimes && TIME_FIELDS.has(field) && Math.abs(time) < LONGEST_TIME) return time;
    return Number(this.#placeholders.of(`${value}`));
  }

  #stays(text: string, field: string): boolean {
    return this.#rules.get(field)?.(text) === true && this.#placeholders.keep(text);
  }

  #readObject(object: Fields, field: string, reading: Reading): unknown {
    const { parents } = reading;
    if (parents.has(object) || parents.size === MOST_LEVELS) return this.#placeholders.next();
    parents.add(object);
    const copy = Array.isArray(object)
      ? this.#readItems(object, field, reading)
      : this.#readFields(object, reading);
    parents.delete(object);
    return copy;
  }

  #readItems(items: readonly unknown[], field: string, reading: Reading): unknown[] {
    const copy: unknown[] = [];
    const { length } = items;
    for (let at = 0; at < length; at += 1) {
      copy.push(this.#readPart(() => items[at], field, reading) ?? null);
    }
    return copy;
  }

  #readFields(object: Fields, reading: Reading): unknown {
    const parts: (readonly [name: string, value: unknown])[] = [];
    for (const name of Object.keys(object)) {
      const isKnown = this.#names.has(name);
      const value = this.#readPart(() => object[name], isKnown ? name : '', reading);
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
  #readPart(read: () => unknown, field: string, reading: Reading): unknown {
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
function converted(value: unknown, field: string): unknown {
  if (!isObject(value) || Array.isArray(value)) return value;
  const { toJSON } = value;
  const json: unknown = isFunction(toJSON) ? toJSON.call(value, field as never) : value;
  return json instanceof Number || json instanceof String || json instanceof Boolean ? json.valueOf() : json;
}

function startsAsJson(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}
