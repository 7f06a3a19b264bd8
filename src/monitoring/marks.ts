import { attempt } from '../check.ts';

/** A longer text is known by its length and its beginning, so that none costs much. */
const MOST_CHARACTERS = 1_000;
/** How many texts have a number at a time, where there is no keyed hash. */
const MOST_TEXTS = 1_000;
/** Of the hash: 64 bits. */
const MARK_BYTES = 8;
/** How long the platform may take for a mark, in ms. */
const PATIENCE = 5_000;

/** Of this page's life alone. It is stored nowhere, and cannot be read, also not from here. */
let key: Promise<CryptoKey> | undefined;
/** Whether it has failed, or taken too long. It is not asked any more: it would do so each time. */
let isOfNoUse = false;
/** Over all observations, so that no two texts of a page have one number. */
let counted = 0;

/** What is told in place of a text. The text itself is not in it. */
export class Mark {
  /** Undefined as long as the platform makes it. */
  text: string | undefined;
  /** Ends when it is there. It never fails. */
  readonly made: Promise<void> | undefined;

  constructor(given: string | Promise<string>) {
    if (typeof given === 'string') this.text = given;
    else {
      this.made = given.then((text) => {
        this.text = text;
      });
    }
  }
}

/** Makes marks: the same for the same text. */
export interface Marks {
  of(text: string): Mark;
  /** Forgets which text has which number. */
  forget(): void;
}

/**
 * Marks are a keyed hash of the platform, the same for the same text as long as the page lives. Where there is none, as in
 * a page that is not secure, or none that works, they are numbers in the order of coming: the same for the same text in one
 * observation, as long as it is among the newest.
 */
export function createMarks(): Marks {
  const numbers = new Map<string, number>();
  function numberOf(text: string): string {
    const number = numbers.get(text) ?? ++counted;
    numbers.delete(text);
    numbers.set(text, number); // the newest
    const [oldest] = numbers.keys();
    if (numbers.size > MOST_TEXTS && oldest !== undefined) numbers.delete(oldest);
    return `#${number}`;
  }
  return {
    of(text) {
      // As JSON it is a text of its own, and not a part of one that is kept because of it.
      const known = JSON.stringify([text.length, text.slice(0, MOST_CHARACTERS)]);
      const subtle = isOfNoUse ? undefined : attempt(() => globalThis.crypto?.subtle);
      if (!subtle) return new Mark(numberOf(known));
      const number = (): string => {
        isOfNoUse = true;
        return numberOf(known);
      };
      return new Mark(inTime(hashOf(known, subtle)).catch(number));
    },
    forget: () => numbers.clear(),
  };
}

async function hashOf(text: string, subtle: SubtleCrypto): Promise<string> {
  key ??= subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const hash = await subtle.sign('HMAC', await key, new TextEncoder().encode(text));
  const bytes = [...new Uint8Array(hash, 0, MARK_BYTES)];
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Rejects if it takes too long. Two timers: after a page stood still, the first may come before what was done meanwhile. */
function inTime(hash: Promise<string>): Promise<string> {
  return new Promise((resolve, reject) => {
    let timer = setTimeout(() => {
      timer = setTimeout(reject, PATIENCE / 2);
    }, PATIENCE / 2);
    hash.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
