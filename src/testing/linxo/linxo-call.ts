import * as z from 'zod/mini';
import { refusal } from '../reply.ts';
import { TooMany } from '../too-many.ts';
import type { QueueModel } from './create-queue-service.ts';
import type { LinxoConnection } from './linxo-connection.ts';
import type { LinxoRoute } from './linxo-route.ts';
import type { QueueReader } from './queue-service.ts';

/** A request whose token was good. */
export interface LinxoCall {
  readonly route: LinxoRoute;
  readonly reader: Required<QueueReader>;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** What the server says, not yet on the wire. */
export interface LinxoAnswer {
  readonly status: number;
  readonly value?: unknown;
  readonly location?: string;
}

/** Does what a request asks for. */
export function execute(model: QueueModel, { route, reader }: LinxoCall): LinxoAnswer {
  switch (route.operation) {
    case 'subscribe':
      return subscribe(model, route, reader.user);
    case 'queue':
      return readQueue(model, route.id ?? '', reader);
    case 'connection':
      return readConnections(model, route, reader.user);
  }
}

/** Whether a read of this queue would find nothing, for whatever reason. */
export function isEmptyRead(model: QueueModel, { route, reader }: LinxoCall): boolean {
  if (route.operation !== 'queue') return false;
  const queue = model.find(route.id ?? '', reader);
  return 'status' in queue || queue.held(model.settings.reads, reader.reader) === 0;
}

/** The documents know one topic, and want it named. */
const SUBSCRIPTION = z.object({ topics: z.array(z.literal('connections')).check(z.minLength(1)) });

export function isSubscription(body: string): boolean {
  try {
    return z.safeParse(SUBSCRIPTION, JSON.parse(body)).success;
  } catch {
    return false;
  }
}

export function refuse(status: number, why: string): LinxoAnswer {
  return { status, value: refusal(status, why) };
}

function subscribe(model: QueueModel, { base }: LinxoRoute, user: string): LinxoAnswer {
  const { location: form, trailingSlash } = model.settings;
  const id = subscribedOrFull(model, user);
  if (id instanceof TooMany) return refuse(429, id.message);
  const path = `/queues/${id}${trailingSlash ? '/' : ''}`;
  if (form === 'missing') return { status: 201 };
  return { status: 201, location: form === 'absolute' ? base + path : path };
}

function subscribedOrFull(model: QueueModel, user: string): string | TooMany {
  try {
    return model.subscribe(user);
  } catch (error) {
    if (error instanceof TooMany) return error;
    throw error;
  }
}

function readQueue(model: QueueModel, id: string, reader: QueueReader): LinxoAnswer {
  const answer = model.read(id, reader);
  if (answer.status === 200) return { status: 200, value: answer.events };
  if (answer.status === 204) return { status: 204 };
  if (answer.status === 403) return refuse(403, "This queue is another user's.");
  return refuse(answer.status, 'There is no queue with that id, or no longer.');
}

function readConnections(model: QueueModel, { id, base }: LinxoRoute, user: string): LinxoAnswer {
  const connections = model.connections(user).map((connection) => inVersion(base, connection));
  if (id === undefined) return { status: 200, value: { connections } };
  const found = connections.find((connection) => connection.id === id);
  return found ? { status: 200, value: found } : refuse(404, 'There is no connection with that id.');
}

/** One field has another name in version 3. */
function inVersion(base: string, connection: LinxoConnection): Omit<LinxoConnection, 'logo_url'> {
  if (!base.endsWith('/v3')) return connection;
  const { logo_url: provider_logo_url, ...rest } = connection;
  return Object.assign(rest, { provider_logo_url });
}
