import { forgetOldest } from '../tokens.ts';
import type { LinxoEvent } from './linxo-event.ts';
import { sizeOfAccounts } from './size-of-accounts.ts';

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
  /** How many events are in it, whoever has read them. */
  readonly size: number;
  /** What would make it too large pushes the oldest out. */
  put(event: LinxoEvent, at: number): void;
  /** The older half goes. */
  halve(): void;
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

const MOST_EVENTS = 100_000;
/** In characters of JSON. */
const MOST_ACCOUNTS = 20_000_000;
const MOST_READERS = 10_000;
/** What is left of it where it was too much. */
const KEPT = 0.9;

/** `keepFor`: how long events stay that no read takes away, in milliseconds. */
export function createEventQueue(id: string, user: string, subscribed: number, keepFor: number): EventQueue {
  let held: Held[] = [];
  let repeated: readonly LinxoEvent[] = [];
  let lastQuery = subscribed;
  let accounts = 0;
  /** How many events have left the queue: what readers have seen is counted from the first one ever. */
  let gone = 0;
  const seen = new Map<string, number>();

  function unread(mode: ReadMode, reader: string): readonly Held[] {
    return mode === 'per-reader' ? held.slice(Math.max(0, (seen.get(reader) ?? 0) - gone)) : held;
  }

  function drop(count: number): void {
    for (const { event } of held.slice(0, count)) accounts -= sizeOfAccounts(event);
    held = held.slice(count);
    gone += count;
  }

  /** A good part at once, as the next event is likely to come. */
  function shrink(): void {
    while (held.length > 1 && (held.length > MOST_EVENTS * KEPT || accounts > MOST_ACCOUNTS * KEPT)) {
      drop(Math.ceil(held.length / 10));
    }
  }

  return {
    id,
    user,
    get lastQuery() {
      return lastQuery;
    },
    get size() {
      return held.length + repeated.length;
    },
    put(event, at) {
      held.push({ event, at });
      accounts += sizeOfAccounts(event);
      if (held.length > MOST_EVENTS || accounts > MOST_ACCOUNTS) shrink();
    },
    halve() {
      repeated = [];
      drop(Math.ceil(held.length / 2));
    },
    held: (mode, reader) => repeated.length + unread(mode, reader).length,
    read(mode, reader, at) {
      lastQuery = at;
      const fresh = unread(mode, reader);
      const events = [...repeated, ...fresh.map(({ event }) => event)];
      repeated = [];
      seen.set(reader, gone + held.length);
      forgetOldest(seen, MOST_READERS);
      if (mode === 'destructive') drop(held.length);
      else drop(held.filter((one) => one.at <= at - keepFor).length);
      return events;
    },
    repeat(events) {
      repeated = [...repeated, ...events].slice(-MOST_EVENTS);
    },
  };
}
