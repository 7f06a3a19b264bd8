/**
 * The bank's back end where it keeps the token on its own side: the page sends none, the gateway adds one.
 * A token that went stale is the gateway's business too, so the page never sees a 401.
 */
export type Gateway = (send: (token: string) => Promise<Response>) => Promise<Response>;

interface Source {
  issue(): string;
  stateOf(token: string): string;
}

export function createGateway(tokens: Source): Gateway {
  let held: string | undefined;

  return async (send) => {
    held ??= tokens.issue();
    const response = await send(held);
    if (response.status !== 401) return response;
    if (tokens.stateOf(held) !== 'good') held = tokens.issue();
    return send(held);
  };
}
