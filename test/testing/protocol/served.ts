import { onTestFinished } from 'vitest';
import type { ServerName } from '../../../src/index.ts';
import type { LinxoEvent, LinxoOptions, Sandbox } from '../../../src/testing/index.ts';
import { startSandboxServer } from '../../../src/testing/server/index.ts';
import { TOPICS } from '../linxo-client.ts';
import { type Ticking, ticking } from '../ticking.ts';

/** A sandbox on a real port, asked by `fetch` alone, so that what is seen is what goes over the wire. */
export interface Served extends Ticking {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly connectionId: string;
  /** Asks one of the widget's servers, with a good token unless the headers say otherwise. */
  command(server: ServerName, body: object | string, init?: Init): Promise<Response>;
  /** Asks the event queue's server, below its base address. */
  linxo(method: 'GET' | 'POST', path: string, init?: Init): Promise<Response>;
  /** Returns the queue's `Location`. */
  subscribe(): Promise<string>;
  /** The events of one read; none unless the answer is 200. */
  events(location: string): Promise<readonly LinxoEvent[]>;
}

interface Init {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Goes after the path. */
  readonly query?: string;
  /** Goes before the path of the event queue. */
  readonly version?: string;
}

export async function served(linxo: LinxoOptions = {}): Promise<Served> {
  const clock = ticking();
  const options = { now: clock.now, tokenLifetime: 86_400_000, linxo };
  const server = await startSandboxServer({ port: 0, sandbox: options });
  onTestFinished(() => server.close());
  const { sandbox, url } = server;
  const { id: connectionId } = sandbox.linxo.addConnection({ providerId: 'fr-1', name: 'Example Bank' });
  const authorization = `Bearer ${sandbox.issueAccessToken()}`;

  const askLinxo: Served['linxo'] = (method, path, { headers, body, version = '' } = {}) =>
    fetch(`${url}/linxo${version}${path}`, {
      method,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body }),
    });

  return {
    ...clock,
    url,
    sandbox,
    connectionId,
    command(server, body, { headers, query = '' } = {}) {
      return fetch(`${url}/${server}/execute${query}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          authToken: sandbox.issueToken(),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    },
    linxo: askLinxo,
    async subscribe() {
      const { headers } = await askLinxo('POST', '/queues/subscribe', { body: TOPICS });
      return headers.get('location') ?? '';
    },
    async events(location) {
      const response = await askLinxo('GET', location);
      return response.status === 200 ? ((await response.json()) as LinxoEvent[]) : [];
    },
  };
}
