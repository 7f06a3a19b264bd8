import { forgetLastMatch } from '../text/forget-last-match.ts';
import { copyText } from '../text/printable.ts';

/** Numbers that are replaced become larger ones than these, so that they look different from the status of an answer. */
const FIRST_NUMBER = 1_000_000;
const FIRST_DAY = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;

/** What is longer has none of the forms below. */
const LONGEST_FORM = 2_000;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]\d+)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const ADDRESS = /^https?:\/\//i;

/** Long strings are remembered by a hash: they would take too much memory. */
const LONGEST_KEPT = 256;
/** Two odd factors. Multiplied with one of them, a character changes all higher bits. */
const FACTORS = [0x9e3779b1, 0x85ebca77] as const;

/**
 * Gives each value a placeholder of its form: the same one for the same value, and different ones for different values. Only this
 * holds originals.
 */
export class Placeholders {
  readonly #byValue = new Map<string, string>();
  readonly #issued = new Set<string>();
  readonly #kept: Set<string>;
  /** Random, so that nobody can prepare two values with the same hash. */
  readonly #seeds = FACTORS.map(() => Math.floor(Math.random() * 2 ** 32));
  #count = 0;

  /** @param kept What stays as it is. No placeholder is equal to it. */
  constructor(kept: Iterable<string>) {
    this.#kept = new Set(kept);
  }

  /** The placeholder of a string. That of the string of a number is the string of a number. */
  of(text: string): string {
    const key = text.length > LONGEST_KEPT ? this.#hashOf(text) : text;
    let placeholder = this.#byValue.get(key);
    if (placeholder === undefined) {
      placeholder = this.#issue(formOf(text));
      // Copied, since in some engines a part of a string keeps the whole string in memory.
      this.#byValue.set(copyText(key), placeholder);
    }
    return placeholder;
  }

  /** How many values have a placeholder. */
  get size(): number {
    return this.#byValue.size;
  }

  /** Forgets the values that came after the first ones. */
  forgetAfter(size: number): void {
    const keys = this.#byValue.size > size ? [...this.#byValue.keys()].slice(size) : [];
    for (const key of keys) this.#byValue.delete(key);
  }

  /** A placeholder for what cannot be read. */
  next(): string {
    return this.#issue((count) => `text-${count}`);
  }

  /** Whether a value can stay. Not if it is also the placeholder of another one. */
  keep(text: string): boolean {
    if (this.#issued.has(text)) return false;
    if (!this.#kept.has(text)) this.#kept.add(copyText(text));
    return true;
  }

  #issue(form: (count: number) => string): string {
    let placeholder: string;
    do {
      this.#count += 1;
      placeholder = form(this.#count);
    } while (this.#kept.has(placeholder));
    this.#issued.add(placeholder);
    return placeholder;
  }

  #hashOf(text: string): string {
    const halves = FACTORS.map((factor, round) => {
      let hash = this.#seeds[round] as number;
      for (let at = 0; at < text.length; at += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(at), factor);
        hash ^= hash >>> 15; // multiplying changes only higher bits
      }
      return hash >>> 0;
    });
    return `\ud800${[text.length, ...halves].join()}`; // begins as no text from a server does
  }
}

function formOf(text: string): (count: number) => string {
  if (text.length > LONGEST_FORM) return (count) => `text-${count}`;
  const form = shortForm(text);
  forgetLastMatch();
  return form;
}

function shortForm(text: string): (count: number) => string {
  if (NUMBER.test(text)) return (count) => `${FIRST_NUMBER + count}`;
  if (DATE.test(text)) return (count) => dayOf(count).slice(0, 10);
  if (DATE_TIME.test(text)) return dayOf;
  if (ADDRESS.test(text)) return (count) => `https://replaced.example/${count}`;
  // As the poller knows the type of an event.
  if (text === text.toUpperCase() && text !== text.toLowerCase()) return (count) => `TEXT_${count}`;
  return (count) => `text-${count}`;
}

function dayOf(count: number): string {
  return new Date(FIRST_DAY + count * DAY).toISOString();
}
