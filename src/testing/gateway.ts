import type { Arriving, Endpoint } from './endpoint.ts';
import type { Tokens } from './tokens.ts';

/**
 * The bank's back end where it keeps the token on its own side: the page sends none, the gateway adds one.
 * A token that went stale is the gateway's business too, so the page never sees a 401.
 */
export type Gateway = (endpoint: Endpoint, arriving: Omit<Arriving, 'token' | 'via'>) => Promise<Response>;

export function createGateway(tokens: Tokens): Gateway {
  let held: string | undefined;

  return async (endpoint, arriving) => {
    held ??= tokens.issue();
    const response = await endpoint({ ...arriving, token: held, via: 'gateway' });
    if (response.status !== 401) return response;
    if (tokens.stateOf(held) !== 'good') held = tokens.issue();
    return endpoint({ ...arriving, token: held, via: 'gateway' });
  };
}
