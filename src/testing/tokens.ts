/** Whether a server accepts a token, and why not. */
export type TokenState = 'good' | 'missing' | 'unknown' | 'stale';

/** The tokens of users, as a bank's session endpoints issue them. */
export interface Tokens {
  /** Returns a fresh token. If there are more than `live`, the oldest becomes stale. */
  issue(): string;
  /** Makes a token stale. */
  revoke(token: string): void;
  /** Makes all tokens stale, and returns a fresh one. */
  rotate(): string;
  stateOf(token: string | null): TokenState;
}

export interface TokenOptions {
  readonly lifetime: number;
  readonly live: number;
  /** In milliseconds. */
  readonly now: () => number;
  /** Shows the kind of the token. */
  readonly prefix: TokenPrefix;
}

type TokenPrefix = 'sandbox-' | 'sandbox-access-';

/** How many issued tokens are remembered. Older ones are `unknown`. */
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
 * Replaces all tokens in a string, because a client may have sent one in the wrong place.
 *
 * @param other The token of the request, which may be none of the sandbox's.
 */
export function redactTokens(text: string, other: string | null): string {
  const own = text.replaceAll(/sandbox-(?:access-)?[0-9a-f]+/gi, REDACTED);
  return other ? own.replaceAll(other, REDACTED) : own;
}

/** Call it after each added item. */
export function forgetOldest(all: Set<string> | Map<string, unknown>, capacity: number): void {
  if (all.size <= capacity) return;
  const [oldest = ''] = all.keys();
  all.delete(oldest);
}

function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * A back end of the bank that adds the token to requests of the page. It also replaces a stale token, so that the page never
 * gets a 401.
 */
export type Gateway = (send: (token: string) => Promise<Response>) => Promise<Response>;

interface TokenIssuer {
  issue(): string;
  stateOf(token: string): string;
}

export function createGateway(tokens: TokenIssuer): Gateway {
  let token: string | undefined;

  return async (send) => {
    token ??= tokens.issue();
    const response = await send(token);
    if (response.status !== 401) return response;
    if (tokens.stateOf(token) !== 'good') token = tokens.issue();
    return send(token);
  };
}
