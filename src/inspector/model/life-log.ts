import type { PollerStatus, ServerName } from '../../index.ts';
import type { LifeEvent, RequestLife } from '../../monitoring/life-event.ts';
import { Channels } from './channels.ts';
import {
  type Entry,
  isTrouble,
  type MomentEvent,
  type RequestEnd,
  type RequestEntry,
  type Step,
} from './entry.ts';
import { Ring } from './ring.ts';
import { Slots } from './slots.ts';

/** How many entries are kept. */
export const MOST_ENTRIES = 10_000;
/** A transport of the page's own may try for ever. The first steps go. */
const MOST_STEPS = 50;

/** How many requests came to what, and how often something was wrong with the queue. */
export interface Counts {
  readonly pending: number;
  readonly answered: number;
  readonly failed: number;
  readonly late: number;
  readonly queue: number;
}

const NONE: Counts = { pending: 0, answered: 0, failed: 0, late: 0, queue: 0 };

/** What is known of the queue. */
export interface QueueLife {
  readonly status: PollerStatus | undefined;
  readonly queueId: string | undefined;
  /** When the queue was asked last, which gives it another 15 minutes. */
  readonly askedAt: number | undefined;
}

const NOTHING: QueueLife = { status: undefined, queueId: undefined, askedAt: undefined };

/** Brings the events of a life together: what belongs to one request is one entry. Bounded, whatever comes. */
export class LifeLog {
  entries: Ring<Entry>;
  channels: Channels = new Channels();
  counts: Counts = NONE;
  queue: QueueLife = NOTHING;
  isDisposed = false;
  /** The numbers of the entries of those that are pending, by their call. */
  readonly #pending = new Map<number, number>();
  /** The number of the last entry that bears an id. Only as many as there are entries. */
  readonly #byId = new Map<string, number>();
  readonly #slots: Record<ServerName, Slots> = { pserver: new Slots(), enrich: new Slots(), ob: new Slots() };

  constructor(limit: number = MOST_ENTRIES) {
    this.entries = new Ring(limit);
  }

  take(event: LifeEvent): void {
    if (event.kind === 'request') this.#begin(event);
    else if (event.kind === 'attempt') this.#step(event.call, { ...stepOf(event), at: event.at });
    else if (event.kind === 'reply') this.#end(event, answeredAt(event.at));
    else if (event.kind === 'failure') this.#fail(event);
    else if (event.kind === 'orphan') this.#late(event);
    else this.#other(event);
  }

  /** Forgets what has ended. */
  clear(): void {
    const pending = [...this.#pending.values()].flatMap((number) => this.entries.get(number) ?? []);
    this.entries.clear();
    this.#pending.clear();
    this.#byId.clear();
    this.counts = { ...NONE, pending: this.counts.pending };
    for (const entry of pending) if (entry.kind === 'request') this.#add(entry);
  }

  /** How it is now, whatever comes later. */
  copy(): LifeLog {
    const copy = new LifeLog(this.entries.limit);
    copy.entries = this.entries.copy();
    copy.channels = this.channels.copy();
    copy.counts = this.counts;
    copy.queue = this.queue;
    copy.isDisposed = this.isDisposed;
    return copy;
  }

  #begin({ call, requestId, server, type, at }: RequestLife & { readonly at: number }): void {
    const slot = this.#slots[server].take(call);
    this.#count('pending', 1);
    this.#add({ kind: 'request', call, requestId, server, type, at, slot, ...UNDER_WAY });
  }

  #add(entry: Omit<RequestEntry, 'number'>): void {
    const { next } = this.entries;
    this.#byId.set(entry.requestId, next);
    if (!entry.end) this.#pending.set(entry.call, next);
    this.#push((number) => ({ ...entry, number }));
  }

  #push(make: (number: number) => Entry): void {
    const { entries } = this;
    const oldest = entries.size === entries.limit ? entries.get(entries.first) : undefined;
    // It has to go, and what leads to it.
    if (oldest?.kind === 'request' && this.#byId.get(oldest.requestId) === oldest.number) {
      this.#byId.delete(oldest.requestId);
    }
    entries.push(make);
  }

  #step(call: number, step: Step): void {
    const entry = this.#pendingEntry(call);
    if (!entry) return;
    this.entries.set(entry.number, { ...entry, steps: [...entry.steps, step].slice(-MOST_STEPS) });
  }

  #end({ call, server }: Pick<RequestLife, 'call' | 'server'>, end: RequestEnd): void {
    const entry = this.#pendingEntry(call);
    if (entry) this.entries.set(entry.number, { ...entry, end });
    this.#pending.delete(call);
    this.#slots[server].release(call);
    this.#count('pending', -1);
    this.#count(end.code ? 'failed' : 'answered', 1);
  }

  #fail(event: Extract<LifeEvent, { kind: 'failure' }>): void {
    const { call, requestId, server, type, at, code, status, timeout } = event;
    const end = { at, code, status, timeout };
    if (call === undefined || requestId === undefined || server === undefined) {
      this.#count('failed', 1);
      this.#moment(event);
    } else if (this.#pending.has(call)) {
      this.#end({ call, server }, end);
    } else {
      // It was refused, and never began.
      this.#count('failed', 1);
      const byId = this.#byId.get(requestId);
      this.#add({ kind: 'request', call, requestId, server, type, at, slot: 0, ...UNDER_WAY, end });
      // A late reply is that of the one which was sent.
      if (byId !== undefined) this.#byId.set(requestId, byId);
    }
  }

  #late(event: Extract<LifeEvent, { kind: 'orphan' }>): void {
    const entry = this.entries.get(this.#byId.get(event.requestId) ?? -1);
    if (event.call !== undefined && this.#pending.has(event.call)) {
      const { call, server } = event;
      this.#end({ call, server }, { ...answeredAt(event.at), isSuperseded: true });
      return;
    }
    this.#count('late', 1);
    // With an id that was used again, nobody knows which.
    if (event.reason === 'settled' && entry?.kind === 'request' && entry.end && entry.lateAt === undefined) {
      this.entries.set(entry.number, { ...entry, lateAt: event.at });
    } else this.#moment(event);
  }

  #other(event: MomentEvent): void {
    switch (event.kind) {
      case 'queue.status':
        this.queue = { ...this.queue, status: event.status };
        break;
      case 'queue.subscribed':
        this.queue = { ...this.queue, queueId: event.queueId, askedAt: event.at };
        break;
      case 'queue.resumed':
        this.queue = { ...this.queue, queueId: event.queueId, askedAt: undefined };
        break;
      case 'queue.expired':
        this.queue = { ...this.queue, queueId: undefined, askedAt: undefined };
        break;
      case 'queue.poll':
        this.queue = { ...this.queue, askedAt: event.at - event.duration };
        break;
      case 'queue.channel':
        this.channels.change(event.at, event);
        break;
      case 'queue.event':
        this.channels.hear(event);
        break;
      case 'disposed':
        this.isDisposed = true;
        break;
    }
    this.#moment(event);
  }

  #moment(event: MomentEvent): void {
    const entry = { kind: 'moment', at: event.at, event } as const;
    this.#push((number) => ({ ...entry, number }));
    if (event.kind.startsWith('queue.') && isTrouble(entry)) this.#count('queue', 1);
  }

  #pendingEntry(call: number): RequestEntry | undefined {
    const number = this.#pending.get(call);
    const entry = number === undefined ? undefined : this.entries.get(number);
    return entry?.kind === 'request' ? entry : undefined;
  }

  #count(key: keyof Counts, by: number): void {
    this.counts = { ...this.counts, [key]: Math.max(0, this.counts[key] + by) };
  }
}

const UNDER_WAY = { steps: [], end: undefined, lateAt: undefined } as const;

function answeredAt(at: number): RequestEnd {
  return { at, code: undefined, status: undefined, timeout: undefined };
}

function stepOf({ state, count, status, retryIn }: Omit<Step, 'at'>): Omit<Step, 'at'> {
  return { state, count, status, retryIn };
}
