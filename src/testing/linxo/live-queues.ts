import { TooMany } from '../limits.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import type { LinxoEvent } from './wire.ts';

/** The queues that have not expired. */
export interface LiveQueues {
  open(id: string, user: string, at: number): void;
  /** Adds an event to all queues of a user. */
  publish(user: string, event: LinxoEvent, at: number): void;
  /** Adds events to one queue. */
  put(id: string, events: readonly LinxoEvent[], at: number): void;
  /** Returns `undefined` for an unknown or expired queue. */
  find(id: string, at: number): EventQueue | undefined;
  all(at: number): readonly EventQueue[];
  /** Removes one queue, or all. */
  kill(id?: string): void;
}

/** The limits for all queues together. */
const MAX_QUEUES = 10_000;
const MAX_EVENTS = 300_000;
/** The part that remains after there were too many, so that not every event needs new space. */
const REMAINDER = 0.75;

/** @param lifetime How long a queue exists after its last read, in milliseconds. */
export function createLiveQueues(lifetime: () => number): LiveQueues {
  const queues = new Map<string, EventQueue>();
  /** No queue was read last before this time. */
  let oldestRead = Infinity;

  function removeExpired(at: number): void {
    const maxAge = lifetime();
    if (at - oldestRead < maxAge) return;
    oldestRead = Infinity;
    for (const { id, lastRead } of queues.values()) {
      if (at - lastRead >= maxAge) queues.delete(id);
      else oldestRead = Math.min(oldestRead, lastRead);
    }
  }

  return {
    open(id, user, at) {
      removeExpired(at); // queues that nobody reads must not accumulate
      if (queues.size >= MAX_QUEUES) throw new TooMany(MAX_QUEUES, 'queues');
      queues.set(id, createEventQueue(id, user, at, lifetime()));
      oldestRead = Math.min(oldestRead, at);
    },
    publish(user, event, at) {
      removeExpired(at);
      for (const queue of queues.values()) if (queue.user === user) queue.put(event, at);
      shrink([...queues.values()]);
    },
    put(id, events, at) {
      for (const event of events) queues.get(id)?.put(event, at);
      shrink([...queues.values()]);
    },
    find(id, at) {
      removeExpired(at);
      return queues.get(id);
    },
    all(at) {
      removeExpired(at);
      return [...queues.values()];
    },
    kill(id) {
      if (id === undefined) queues.clear();
      else queues.delete(id);
    },
  };
}

/** If there are too many events, drops the oldest ones of the largest queues. */
function shrink(queues: readonly EventQueue[]): void {
  if (totalSize(queues) <= MAX_EVENTS) return;
  const target = MAX_EVENTS * REMAINDER;
  while (totalSize(queues) > target) halveLargest(queues, totalSize(queues) - target);
}

function totalSize(queues: readonly EventQueue[]): number {
  return queues.reduce((sum, { size }) => sum + size, 0);
}

function halveLargest(queues: readonly EventQueue[], surplus: number): void {
  let dropped = 0;
  for (const queue of [...queues].sort((one, other) => other.size - one.size)) {
    if (dropped >= surplus) return;
    const before = queue.size;
    queue.halve();
    dropped += before - queue.size;
  }
}
