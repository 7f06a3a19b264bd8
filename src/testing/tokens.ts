/** Why a token is let in or not. */
export type TokenState = 'good' | 'missing' | 'unknown' | 'stale';

/** Tokens by which servers know the user, as a bank's session end points hand them out. */
export interface Tokens {
  /** A fresh one; the oldest of more than `live` go stale. */
  issue(): string;
  /** This one is stale from now on. */
  revoke(token: string): void;
  /** All earlier ones go stale; returns the only good one. */
  rotate(): string;
  stateOf(token: string | null): TokenState;
}

export interface TokenOptions {
  readonly lifetime: number;
  readonly live: number;
  /** Milliseconds. */
  readonly now: () => number;
  /** Goes before the token, so that one can tell its kind from it. */
  readonly prefix: TokenPrefix;
}

type TokenPrefix = 'sandbox-' | 'sandbox-access-';

/** How many tokens are known to be stale; older ones are unknown. */
export const REMEMBERED = 100_000;

const REDACTED = '[redacted]';

export function createTokens({ lifetime, live, now, prefix }: TokenOptions): Tokens {
  const goodUntil = new Map<string, number>();
  const issued = new Set<string>();

  function issue(): string {
    const token = prefix + randomHex();
    issued.add(token);
    forgetOldest(issued, Math.max(REMEMBERED, live));
    goodUntil.set(token, now() + lifetime);
    for (const oldest of goodUntil.keys()) {
      if (goodUntil.size <= live) break;
      goodUntil.delete(oldest);
    }
    return token;
  }

  function rotate(): string {
    goodUntil.clear();
    return issue();
  }

  function stateOf(token: string | null): TokenState {
    if (!token) return 'missing';
    if (!issued.has(token)) return 'unknown';
    return now() < (goodUntil.get(token) ?? 0) ? 'good' : 'stale';
  }

  return { issue, rotate, stateOf, revoke: (token) => void goodUntil.delete(token) };
}

/**
 * Takes every token out of a text: a client may have put one where it does not belong, `other` ones included.
 */
export function redactTokens(text: string, other: string | null): string {
  const own = text.replaceAll(/sandbox-(?:access-)?[0-9a-f]+/gi, REDACTED);
  return other ? own.replaceAll(other, REDACTED) : own;
}

/** Of a set or a map that grows by one at a time. */
export function forgetOldest(all: Set<string> | Map<string, unknown>, capacity: number): void {
  if (all.size <= capacity) return;
  const [oldest = ''] = all.keys();
  all.delete(oldest);
}

function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
