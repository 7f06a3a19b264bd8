import { TooMany } from '../too-many.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import type { LinxoEvent } from './linxo-event.ts';

/** The queues that are alive. */
export interface QueueStore {
  open(id: string, user: string, at: number): void;
  /** To every queue of the user that is there by then. */
  publish(user: string, event: LinxoEvent, at: number): void;
  /** To one queue alone. */
  put(id: string, events: readonly LinxoEvent[], at: number): void;
  /** `undefined` for one that there never was, and for one that has died. */
  find(id: string, at: number): EventQueue | undefined;
  all(at: number): readonly EventQueue[];
  /** This one, or all. */
  kill(id?: string): void;
}

/** How many there are at most, and how many events wait in them. */
const CAPACITY = 10_000;
const MOST_EVENTS = 300_000;

/** `lifetime`: milliseconds since the last query. */
export function createQueueStore(lifetime: () => number): QueueStore {
  const queues = new Map<string, EventQueue>();

  function bury(at: number): void {
    for (const { id, lastQuery } of queues.values()) {
      if (at - lastQuery >= lifetime()) queues.delete(id);
    }
  }

  /** What is too much for all together goes out of the fullest, oldest first. */
  function relieve(): void {
    let waiting = 0;
    for (const queue of queues.values()) waiting += queue.size;
    while (waiting > MOST_EVENTS) {
      const fullest = [...queues.values()].reduce((one, other) => (other.size > one.size ? other : one));
      const before = fullest.size;
      fullest.halve();
      waiting -= before - fullest.size;
    }
  }

  return {
    open(id, user, at) {
      bury(at); // so that those which nobody asks for do not pile up
      if (queues.size >= CAPACITY) throw new TooMany(`There are ${CAPACITY} queues, which is the most.`);
      queues.set(id, createEventQueue(id, user, at, lifetime()));
    },
    publish(user, event, at) {
      bury(at);
      for (const queue of queues.values()) if (queue.user === user) queue.put(event, at);
      relieve();
    },
    put(id, events, at) {
      for (const event of events) queues.get(id)?.put(event, at);
      relieve();
    },
    find(id, at) {
      bury(at);
      return queues.get(id);
    },
    all(at) {
      bury(at);
      return [...queues.values()];
    },
    kill(id) {
      if (id === undefined) queues.clear();
      else queues.delete(id);
    },
  };
}
