import * as z from 'zod/mini';
import { TooMany } from '../limits.ts';
import type { QueueModel } from './create-queue-service.ts';
import { type LinxoAnswer, refusalAnswer } from './linxo-answer.ts';
import type { LinxoRoute } from './linxo-route.ts';
import type { ReaderIdentity } from './queue-service.ts';
import { readResources } from './read-resources.ts';

/** A request with a valid token. */
export interface LinxoCall {
  readonly route: LinxoRoute;
  readonly reader: Required<ReaderIdentity>;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
}

/** Carries out a request. */
export function execute(model: QueueModel, { route, reader }: LinxoCall): LinxoAnswer {
  switch (route.operation) {
    case 'subscribe':
      return subscribe(model, route, reader.user);
    case 'queue':
      return readQueue(model, route.id ?? '', reader);
    default:
      return readResources(model, route, reader.user);
  }
}

/** Whether the request reads a queue and would get no events, for whatever reason. */
export function isEmptyRead(model: QueueModel, { route, reader }: LinxoCall): boolean {
  if (route.operation !== 'queue') return false;
  const queue = model.find(route.id ?? '', reader);
  return 'status' in queue || queue.held(model.settings.reads, reader.reader) === 0;
}

/** The documents have one topic, and require it. */
const SUBSCRIPTION = z.object({ topics: z.array(z.literal('connections')).check(z.minLength(1)) });

export function isSubscription(body: string): boolean {
  try {
    return z.safeParse(SUBSCRIPTION, JSON.parse(body)).success;
  } catch {
    return false;
  }
}

function subscribe(model: QueueModel, { base }: LinxoRoute, user: string): LinxoAnswer {
  const { location: form, trailingSlash } = model.settings;
  const id = subscribeOrTooMany(model, user);
  if (id instanceof TooMany) return refusalAnswer(429, id.message);
  const path = `/queues/${id}${trailingSlash ? '/' : ''}`;
  if (form === 'missing') return { status: 201 };
  return { status: 201, location: form === 'absolute' ? base + path : path };
}

function subscribeOrTooMany(model: QueueModel, user: string): string | TooMany {
  try {
    return model.subscribe(user);
  } catch (error) {
    if (error instanceof TooMany) return error;
    throw error;
  }
}

function readQueue(model: QueueModel, id: string, reader: ReaderIdentity): LinxoAnswer {
  const answer = model.read(id, reader);
  if (answer.status === 200) return { status: 200, value: answer.events };
  if (answer.status === 204) return { status: 204 };
  if (answer.status === 403) return refusalAnswer(403, 'This queue belongs to another user.');
  return refusalAnswer(answer.status, 'There is no queue with that id.');
}
