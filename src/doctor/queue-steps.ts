import { givenToken, type Step, sendable } from './step.ts';
import type { Subject } from './subject.ts';

/** `refused`, `refused-read`: with a token that is not valid. `dead`, `connection`: of what does not exist. */
type QueueStepKind = 'refused' | 'subscribe' | 'read' | 'refused-read' | 'dead' | 'connection';

export interface QueueStep extends Step {
  readonly kind: QueueStepKind;
}

const SUBSCRIPTION = '{"topics":["connections"]}';

/** The requests to the server of the event queue, in their order. */
export function queueSteps(subject: Subject): readonly QueueStep[] {
  const folder = queueFolder(subject.url).pathname;
  const token = givenToken(subject);
  const subscribing = { method: 'POST', body: SUBSCRIPTION } as const;
  const steps: readonly QueueStep[] = [
    {
      ...subscribing,
      kind: 'refused',
      check: 'a token that is not valid',
      request: `POST ${folder}queues/subscribe with a token that is not valid`,
      note: 'it is to be refused',
      token: 'spoiled',
    },
    {
      ...subscribing,
      kind: 'subscribe',
      check: 'a new queue',
      request: `POST ${folder}queues/subscribe`,
      note: 'it creates one event queue, which ends by itself after 15 minutes',
      token,
    },
    {
      kind: 'read',
      check: 'reading the queue',
      request: `GET ${folder}queues/{id}`,
      note: 'it reads that queue',
      method: 'GET',
      token,
    },
    {
      kind: 'refused-read',
      check: 'reading the queue with a token that is not valid',
      request: `GET ${folder}queues/{id} with a token that is not valid`,
      note: 'it is to be refused',
      method: 'GET',
      token: 'spoiled',
    },
    {
      kind: 'dead',
      check: 'a queue that does not exist',
      request: `GET ${folder}queues/{id}, of a queue that does not exist`,
      method: 'GET',
      token,
      expects: 'error',
    },
    {
      kind: 'connection',
      check: 'a connection that does not exist',
      request: `GET ${folder}connections/{id}, of a connection that does not exist`,
      method: 'GET',
      token,
      expects: 'error',
    },
  ];
  return sendable(steps, subject);
}

/** The address under which the poller finds everything: it ends in a slash, and has no query. */
export function queueFolder(baseUrl: URL): URL {
  const folder = new URL(baseUrl);
  folder.pathname = folder.pathname.replace(/\/*$/, '/');
  folder.search = '';
  return folder;
}
