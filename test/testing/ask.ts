import { getResponse } from 'msw';
import type { ServerName } from '../../src/index.ts';
import type { Sandbox } from '../../src/testing/index.ts';

export interface Extras {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export type Ask = (server: ServerName, command: object | string, extras?: Extras) => Promise<Response>;

/** Sends commands to a sandbox as a page would that has a good token. */
export function asking(sandbox: Sandbox, token: string = sandbox.issueToken()): Ask {
  return (server, command, { headers, signal } = {}) =>
    post(sandbox, `/${server}/execute`, command, {
      headers: { authToken: token, ...headers },
      ...on(signal),
    });
}

export async function post(
  sandbox: Sandbox,
  path: string,
  command: object | string,
  { headers, signal }: Extras = {},
): Promise<Response> {
  const body = typeof command === 'string' ? command : JSON.stringify(command);
  const init = { method: 'POST', body, ...(headers && { headers }), ...on(signal) };
  const response = await getResponse(sandbox.handlers, new Request(`http://bank.example${path}`, init));
  if (!response) throw new Error(`No handler for ${path}`);
  return response;
}

/** Runs the turns of the event loop that a request needs, however many, without any of the clock's time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

function on(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
