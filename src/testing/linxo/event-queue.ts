import type { LinxoEvent } from './linxo-event.ts';

/**
 * What nobody states about a queue. `destructive`: a read takes the events away, so that two readers split
 * them. `per-reader`: each reader gets each event once. `repeatable`: a read takes nothing away.
 */
export type ReadMode = 'destructive' | 'per-reader' | 'repeatable';

/** One queue of one user. */
export interface EventQueue {
  readonly id: string;
  readonly user: string;
  /** When somebody last asked. */
  readonly lastQuery: number;
  put(event: LinxoEvent, at: number): void;
  /** How many events a read would give. */
  held(mode: ReadMode, reader: string): number;
  read(mode: ReadMode, reader: string, at: number): readonly LinxoEvent[];
  /** These come once more, before all others, whoever reads next. */
  repeat(events: readonly LinxoEvent[]): void;
}

interface Held {
  readonly event: LinxoEvent;
  readonly at: number;
}

/** `keepFor`: how long events stay that no read takes away, in milliseconds. */
export function createEventQueue(id: string, user: string, subscribed: number, keepFor: number): EventQueue {
  let held: Held[] = [];
  let repeated: readonly LinxoEvent[] = [];
  let lastQuery = subscribed;
  /** How many events have left the queue: what readers have seen is counted from the first one ever. */
  let gone = 0;
  const seen = new Map<string, number>();

  function unread(mode: ReadMode, reader: string): readonly Held[] {
    return mode === 'per-reader' ? held.slice(Math.max(0, (seen.get(reader) ?? 0) - gone)) : held;
  }

  function drop(count: number): void {
    held = held.slice(count);
    gone += count;
  }

  return {
    id,
    user,
    get lastQuery() {
      return lastQuery;
    },
    put(event, at) {
      held.push({ event, at });
    },
    held: (mode, reader) => repeated.length + unread(mode, reader).length,
    read(mode, reader, at) {
      lastQuery = at;
      const fresh = unread(mode, reader);
      const events = [...repeated, ...fresh.map(({ event }) => event)];
      repeated = [];
      seen.set(reader, gone + held.length);
      if (mode === 'destructive') drop(held.length);
      else drop(held.filter((one) => one.at <= at - keepFor).length);
      return events;
    },
    repeat(events) {
      repeated = [...repeated, ...events];
    },
  };
}
