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
/** What is left of them where it was too much, so that room is not made for each event. */
const KEPT = 0.75;

/** `lifetime`: milliseconds since the last query. */
export function createQueueStore(lifetime: () => number): QueueStore {
  const queues = new Map<string, EventQueue>();

  /** No query was the last one of its queue before this. */
  let oldestQuery = Infinity;

  function bury(at: number): void {
    const longest = lifetime();
    if (at - oldestQuery < longest) return;
    oldestQuery = Infinity;
    for (const { id, lastQuery } of queues.values()) {
      if (at - lastQuery >= longest) queues.delete(id);
      else oldestQuery = Math.min(oldestQuery, lastQuery);
    }
  }

  /** What is too much for all together goes out of the fullest, oldest first. */
  function relieve(): void {
    if (sizeOfAll() <= MOST_EVENTS) return;
    while (sizeOfAll() > MOST_EVENTS * KEPT) halveFullest(sizeOfAll() - MOST_EVENTS * KEPT);
  }

  function sizeOfAll(): number {
    let all = 0;
    for (const { size } of queues.values()) all += size;
    return all;
  }

  function halveFullest(surplus: number): void {
    const fullestFirst = [...queues.values()].sort((one, other) => other.size - one.size);
    let dropped = 0;
    for (const queue of fullestFirst) {
      if (dropped >= surplus) return;
      const before = queue.size;
      queue.halve();
      dropped += before - queue.size;
    }
  }

  return {
    open(id, user, at) {
      bury(at); // so that those which nobody asks for do not pile up
      if (queues.size >= CAPACITY) throw new TooMany(`There are ${CAPACITY} queues, which is the most.`);
      queues.set(id, createEventQueue(id, user, at, lifetime()));
      oldestQuery = Math.min(oldestQuery, at);
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
