import { createTokens, forgetOldest, REMEMBERED, type TokenOptions, type Tokens } from '../tokens.ts';
import { DEFAULT_USER } from './connection-book.ts';

/** The tokens that the queue's server takes. Each is one user's. */
export interface AccessTokens extends Pick<Tokens, 'revoke' | 'stateOf'> {
  issue(whose?: Whose): string;
  /** All earlier ones go stale, whoever's they are. */
  rotate(whose?: Whose): string;
  userOf(token: string): string;
}

/** Whose token it is to be. */
export interface Whose {
  /** @default 'user-1' */
  readonly user?: string;
}

export function createAccessTokens(options: Omit<TokenOptions, 'prefix'>): AccessTokens {
  const tokens = createTokens({ ...options, prefix: 'sandbox-access-' });
  const users = new Map<string, string>();

  function give(token: string, { user = DEFAULT_USER }: Whose = {}): string {
    users.set(token, user);
    forgetOldest(users, Math.max(REMEMBERED, options.live));
    return token;
  }

  return {
    issue: (whose) => give(tokens.issue(), whose),
    rotate: (whose) => give(tokens.rotate(), whose),
    revoke: tokens.revoke,
    stateOf: tokens.stateOf,
    userOf: (token) => users.get(token) ?? DEFAULT_USER,
  };
}
