import type { StartedRequest } from '../../http/request-error.ts';
import { now } from '../../time.ts';

/** What the poller does for a connection or a queue, for errors about it. */
export type QueueRequestType = 'subscribe' | 'poll' | 'connection' | 'whenSynced';

/** Starts a request of the event queue. @param id Of the queue or the connection; empty if there is none yet. */
export function startQueueRequest(type: QueueRequestType, id: string): StartedRequest {
  return { request: { requestId: id, server: 'queue', type }, started: now() };
}
