import { getResponse } from 'msw';
import {
  createSandbox,
  type Fault,
  type LinxoEvent,
  type Sandbox,
  type SandboxOptions,
} from '../../src/testing/index.ts';
import { type Ticking, ticking } from './ticking.ts';

export interface CallOptions {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A page that has a good access token, and one connection. */
export interface Client extends Ticking {
  readonly sandbox: Sandbox;
  readonly connectionId: string;
  /** Returns the queue's id. */
  subscribe(): Promise<string>;
  read(queueId: string, options?: CallOptions): Promise<Response>;
  /** The events of one read; none unless the answer is 200. */
  events(queueId: string): Promise<readonly LinxoEvent[]>;
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Things happen of these types, one after the other. */
  happen(...types: readonly string[]): void;
}

export const TOPICS = '{"topics":["connections"]}';

export function client(options: SandboxOptions = {}): Client {
  const clock = ticking();
  const sandbox = createSandbox({ now: clock.now, ...options });
  const { id: connectionId } = sandbox.linxo.addConnection();
  const authorization = `Bearer ${sandbox.issueAccessToken()}`;

  async function call(method: string, path: string, { body, headers, signal }: CallOptions = {}) {
    const init = {
      method,
      headers: { authorization, ...headers },
      ...(body && { body }),
      ...(signal && { signal }),
    };
    return answer(sandbox, new Request(`https://connect.bank.example${path}`, init));
  }

  const read: Client['read'] = (queueId, extras) => call('GET', `/linxo/queues/${queueId}`, extras);

  return {
    ...clock,
    sandbox,
    connectionId,
    call,
    read,
    async subscribe() {
      const { headers } = await call('POST', '/linxo/queues/subscribe', { body: TOPICS });
      return headers.get('location')?.match(/[^/]+(?=\/?$)/)?.[0] ?? '';
    },
    async events(queueId) {
      const response = await read(queueId);
      return response.status === 200 ? response.json() : [];
    },
    happen(...types) {
      for (const event of types) sandbox.linxo.publish(connectionId, { event });
    },
  };
}

/** By msw's handlers, as a test's server or a service worker would. */
async function answer(sandbox: Sandbox, request: Request): Promise<Response> {
  const response = await getResponse(sandbox.handlers, request);
  if (!response) throw new Error(`No handler for ${request.url}`);
  return response;
}

export function typesOf(events: readonly LinxoEvent[]): (string | undefined)[] {
  return events.map(({ event_type }) => event_type);
}

/** A queue with two events in it, and a fault that waits. */
export async function spoilt(
  fault: Fault,
  options: SandboxOptions = {},
): Promise<Client & { queue: string }> {
  const page = client(options);
  const queue = await page.subscribe();
  page.happen('A', 'B');
  page.sandbox.fault(fault);
  return { ...page, queue };
}
