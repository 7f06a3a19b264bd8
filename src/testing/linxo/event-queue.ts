import { forgetOldest } from '../tokens.ts';
import { accountsLength, type LinxoEvent } from './wire.ts';

/**
 * What a read does to the events, which the documents leave open. `destructive`: it removes them, so that two readers get
 * different events. `per-reader`: each reader gets each event once. `repeatable`: it removes nothing.
 */
export type ReadMode = 'destructive' | 'per-reader' | 'repeatable';

/** A queue of one user. */
export interface EventQueue {
  readonly id: string;
  readonly user: string;
  /** The time of the last read. */
  readonly lastRead: number;
  /** The number of events, read or unread. */
  readonly size: number;
  /** Drops the oldest events if the queue becomes too large. */
  put(event: LinxoEvent, at: number): void;
  /** Drops the older half. */
  halve(): void;
  /** How many events a read would return. */
  held(mode: ReadMode, reader: string): number;
  read(mode: ReadMode, reader: string, at: number): readonly LinxoEvent[];
  /** Puts these events before all others of the next read. */
  repeat(events: readonly LinxoEvent[]): void;
}

interface HeldEvent {
  readonly event: LinxoEvent;
  readonly at: number;
}

const MAX_EVENTS = 100_000;
const MAX_CHARACTERS = 20_000_000;
const MAX_READERS = 10_000;
/** The part that remains after the queue was too large. */
const REMAINDER = 0.9;

/** @param keepFor How long events stay that no read removes, in milliseconds. */
export function createEventQueue(id: string, user: string, subscribed: number, keepFor: number): EventQueue {
  let held: HeldEvent[] = [];
  let repeated: readonly LinxoEvent[] = [];
  let lastRead = subscribed;
  let characters = 0;
  /** How many events have been dropped. `seen` counts from the first event ever. */
  let dropped = 0;
  const seen = new Map<string, number>();

  const unread = (mode: ReadMode, reader: string): readonly HeldEvent[] =>
    mode === 'per-reader' ? held.slice(Math.max(0, (seen.get(reader) ?? 0) - dropped)) : held;
  const exceeds = (part: number): boolean =>
    held.length > MAX_EVENTS * part || characters > MAX_CHARACTERS * part;

  function drop(count: number): void {
    for (const { event } of held.slice(0, count)) characters -= accountsLength(event);
    held = held.slice(count);
    dropped += count;
  }

  return {
    id,
    user,
    get lastRead() {
      return lastRead;
    },
    get size() {
      return held.length + repeated.length;
    },
    put(event, at) {
      held.push({ event, at });
      characters += accountsLength(event);
      if (!exceeds(1)) return;
      // A tenth at a time, so that the next event does not need it again.
      while (held.length > 1 && exceeds(REMAINDER)) drop(Math.ceil(held.length / 10));
    },
    halve() {
      repeated = [];
      drop(Math.ceil(held.length / 2));
    },
    held: (mode, reader) => repeated.length + unread(mode, reader).length,
    read(mode, reader, at) {
      lastRead = at;
      const events = [...repeated, ...unread(mode, reader).map(({ event }) => event)];
      repeated = [];
      seen.set(reader, dropped + held.length);
      forgetOldest(seen, MAX_READERS);
      const isOld = (one: HeldEvent): boolean => one.at <= at - keepFor;
      drop(mode === 'destructive' ? held.length : held.filter(isOld).length);
      return events;
    },
    repeat(events) {
      repeated = [...repeated, ...events].slice(-MAX_EVENTS);
    },
  };
}
