import { createTokens, forgetOldest, REMEMBERED, type TokenOptions, type Tokens } from '../tokens.ts';
import { DEFAULT_USER } from './connection-book.ts';

/** The access tokens of the event queue. Each belongs to one user. */
export interface AccessTokens extends Pick<Tokens, 'revoke' | 'stateOf'> {
  issue(whose?: Whose): string;
  /** Makes the tokens of all users stale, and returns a fresh one. */
  rotate(whose?: Whose): string;
  userOf(token: string): string;
}

/** The user of a token. */
export interface Whose {
  /** @default 'user-1' */
  readonly user?: string;
}

export function createAccessTokens(options: Omit<TokenOptions, 'prefix'>): AccessTokens {
  const tokens = createTokens({ ...options, prefix: 'sandbox-access-' });
  const users = new Map<string, string>();

  function assign(token: string, { user = DEFAULT_USER }: Whose = {}): string {
    users.set(token, user);
    forgetOldest(users, Math.max(REMEMBERED, options.live));
    return token;
  }

  return {
    issue: (whose) => assign(tokens.issue(), whose),
    rotate: (whose) => assign(tokens.rotate(), whose),
    revoke: tokens.revoke,
    stateOf: tokens.stateOf,
    userOf: (token) => users.get(token) ?? DEFAULT_USER,
  };
}
