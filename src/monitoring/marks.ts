/** Of a longer text, only the length and the beginning count, so that a long text costs no more. */
const MAX_CHARACTERS = 1_000;
/** How many texts keep their number, where there is no keyed hash. */
const MAX_NUMBERED_TEXTS = 1_000;
/** 64 bits of the hash. */
const MARK_BYTES = 8;
/** How long the platform may take to hash, in ms. */
const HASH_TIMEOUT = 5_000;

/** Valid until the page is closed. It is never stored, and no script can read it, this one included. */
let key: Promise<CryptoKey> | undefined;
/** Set when hashing failed or took too long. It is not tried again: it would fail each time. */
let isHashBroken = false;
/** Counts over all observations, so that two texts on one page never share a number. */
let lastNumber = 0;

/** Replaces a string in an event, without revealing it. */
export class Mark {
  /** Undefined while the platform computes the hash. */
  text: string | undefined;
  /** Resolves when `text` is set. Never rejects. */
  readonly finished: Promise<void> | undefined;

  constructor(text: string | Promise<string>) {
    if (typeof text === 'string') {
      this.text = text;
    } else {
      this.finished = text.then((finished) => {
        this.text = finished;
      });
    }
  }
}

/**
 * Creates marks. A mark is a keyed hash from the platform: the same for the same text until the page is closed. Without a
 * working hash, as in an insecure context, a mark is a number that counts the texts. It is the same for the same text in one
 * observation, for the newest thousand texts.
 */
export class Marks {
  readonly #numbers = new Map<string, number>();

  of(text: string): Mark {
    // Serialised, because a slice would keep the whole text in memory.
    const shortened = JSON.stringify([text.length, text.slice(0, MAX_CHARACTERS)]);
    const subtle = isHashBroken ? undefined : subtleCrypto();
    if (!subtle) return new Mark(this.#numberOf(shortened));
    const hash = withTimeout(hashOf(shortened, subtle)).catch(() => {
      isHashBroken = true;
      return this.#numberOf(shortened);
    });
    return new Mark(hash);
  }

  /** Forgets the numbers of all texts. */
  forget(): void {
    this.#numbers.clear();
  }

  #numberOf(text: string): string {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      lastNumber += 1;
      number = lastNumber;
    }
    this.#numbers.delete(text);
    this.#numbers.set(text, number); // now the newest
    const [oldest] = this.#numbers.keys();
    if (this.#numbers.size > MAX_NUMBERED_TEXTS && oldest !== undefined) this.#numbers.delete(oldest);
    return `#${number}`;
  }
}

function subtleCrypto(): SubtleCrypto | undefined {
  try {
    return globalThis.crypto?.subtle;
  } catch {
    return undefined; // a locked-down page
  }
}

async function hashOf(text: string, subtle: SubtleCrypto): Promise<string> {
  key ??= subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const hash = await subtle.sign('HMAC', await key, new TextEncoder().encode(text));
  const bytes = [...new Uint8Array(hash, 0, MARK_BYTES)];
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Rejects after the timeout. Two timers of half the time: when a page wakes up after it was frozen, the first timer may fire
 * before the hash that was ready meanwhile arrives.
 */
function withTimeout(hash: Promise<string>): Promise<string> {
  return new Promise((resolve, reject) => {
    let timer = setTimeout(() => {
      timer = setTimeout(reject, HASH_TIMEOUT / 2);
    }, HASH_TIMEOUT / 2);
    hash.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
