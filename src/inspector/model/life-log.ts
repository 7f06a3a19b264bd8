import type { PollerStatus, ServerName } from '../../index.ts';
import type { LifeEvent, RequestLife } from '../../monitoring.ts';
import { Channels } from './channels.ts';
import { Doubts } from './doubts.ts';
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

/** How many entries are kept. @internal */
export const MAX_ENTRIES = 10_000;
/** The page's own transport may retry forever. The oldest steps are dropped. */
const MAX_STEPS = 50;

/** The numbers of requests by result, and of problems of the queue. */
export interface Counts {
  readonly pending: number;
  readonly answered: number;
  readonly failed: number;
  readonly late: number;
  readonly queue: number;
}

const ZERO: Counts = { pending: 0, answered: 0, failed: 0, late: 0, queue: 0 };

/** The state of the queue. */
export interface QueueLife {
  readonly status: PollerStatus | undefined;
  readonly queueId: string | undefined;
  /** When the queue was polled last. Each poll extends its life by 15 minutes. */
  readonly polledAt: number | undefined;
}

const UNKNOWN: QueueLife = { status: undefined, queueId: undefined, polledAt: undefined };

/** How long ago the queue was polled, in ms. Undefined while that is unknown. */
export function queueAge({ polledAt }: QueueLife, now: number): number | undefined {
  return polledAt === undefined ? undefined : Math.max(0, now - polledAt);
}

/** Collects the events of an observation. All events of one request are one entry. Its size is limited. */
export class LifeLog {
  entries: Ring<Entry>;
  channels: Channels = new Channels();
  doubts: Doubts = new Doubts();
  counts: Counts = ZERO;
  queue: QueueLife = UNKNOWN;
  isDisposed = false;
  /** The entry numbers of the pending requests, by call. */
  readonly #pending = new Map<number, number>();
  /** The number of the newest entry with an id. It has at most as many items as there are entries. */
  readonly #byId = new Map<string, number>();
  readonly #slots: Record<ServerName, Slots> = { pserver: new Slots(), enrich: new Slots(), ob: new Slots() };

  constructor(limit: number = MAX_ENTRIES) {
    this.entries = new Ring(limit);
  }

  add(event: LifeEvent): void {
    if (event.kind === 'request') this.#addRequest(event);
    else if (event.kind === 'attempt') this.#addStep(event.call, { ...stepOf(event), at: event.at });
    else if (event.kind === 'reply') this.#addReply(event);
    else if (event.kind === 'failure') this.#addFailure(event);
    else if (event.kind === 'orphan') this.#addOrphan(event);
    else this.#addOther(event);
  }

  /** Removes all entries but the pending requests. */
  clear(): void {
    const pending = [...this.#pending.values()].flatMap((number) => this.entries.get(number) ?? []);
    this.entries.clear();
    this.#pending.clear();
    this.#byId.clear();
    this.counts = { ...ZERO, pending: this.counts.pending };
    for (const entry of pending) if (entry.kind === 'request') this.#addEntry(entry);
  }

  /** A copy that does not change with later events. */
  copy(): LifeLog {
    const copy = new LifeLog(this.entries.limit);
    copy.entries = this.entries.copy();
    copy.channels = this.channels.copy();
    copy.doubts = this.doubts.copy();
    copy.counts = this.counts;
    copy.queue = this.queue;
    copy.isDisposed = this.isDisposed;
    return copy;
  }

  #addRequest({ call, requestId, server, type, at }: RequestLife & { readonly at: number }): void {
    const slot = this.#slots[server].occupy(call);
    this.#count('pending', 1);
    this.#addEntry({ kind: 'request', call, requestId, server, type, at, slot, ...PENDING });
  }

  #addEntry(entry: Omit<RequestEntry, 'number'>): void {
    const { next } = this.entries;
    this.#byId.set(entry.requestId, next);
    if (!entry.end) this.#pending.set(entry.call, next);
    this.#push((number) => ({ ...entry, number }));
  }

  #push(make: (number: number) => Entry): void {
    const { entries } = this;
    const oldest = entries.size === entries.limit ? entries.get(entries.first) : undefined;
    // It will be overwritten: its id must not lead to the new entry.
    if (oldest?.kind === 'request' && this.#byId.get(oldest.requestId) === oldest.number) {
      this.#byId.delete(oldest.requestId);
    }
    entries.push(make);
  }

  #addStep(call: number, step: Step): void {
    const entry = this.#pendingEntry(call);
    if (!entry) return;
    this.entries.set(entry.number, { ...entry, steps: [...entry.steps, step].slice(-MAX_STEPS) });
  }

  #end({ call, server }: Pick<RequestLife, 'call' | 'server'>, end: RequestEnd): void {
    const entry = this.#pendingEntry(call);
    if (entry) this.entries.set(entry.number, { ...entry, end });
    this.#pending.delete(call);
    this.#slots[server].release(call, end.at);
    this.#count('pending', -1);
    this.#count(end.code ? 'failed' : 'answered', 1);
  }

  #addReply(event: Extract<LifeEvent, { kind: 'reply' }>): void {
    if (this.#pending.has(event.call)) this.#end(event, answeredAt(event.at));
    else this.#addEnded(event, event.at - event.duration, answeredAt(event.at));
  }

  /** A request whose start is not known: it was refused, and never started, or the bridge no longer remembers its start. */
  #addEnded({ call, requestId, server, type }: RequestLife, at: number, end: RequestEnd): void {
    this.#count(end.code ? 'failed' : 'answered', 1);
    const byId = this.#byId.get(requestId);
    const slot = this.#slots[server].fill(at, end.at);
    this.#addEntry({ kind: 'request', call, requestId, server, type, at, slot, ...PENDING, end });
    // A late reply belongs to the request that was sent.
    if (byId !== undefined) this.#byId.set(requestId, byId);
  }

  #addFailure(event: Extract<LifeEvent, { kind: 'failure' }>): void {
    const { call, requestId, server, type, at, duration, code, status, timeout } = event;
    const end = { at, code, status, timeout };
    if (call === undefined || requestId === undefined || server === undefined) {
      this.#count('failed', 1);
      this.#addMoment(event);
    } else if (this.#pending.has(call)) {
      this.#end({ call, server }, end);
    } else {
      this.#addEnded({ call, requestId, server, type }, at - (duration ?? 0), end);
    }
  }

  #addOrphan(event: Extract<LifeEvent, { kind: 'orphan' }>): void {
    const entry = this.entries.get(this.#byId.get(event.requestId) ?? -1);
    if (event.call !== undefined && this.#pending.has(event.call)) {
      const { call, server } = event;
      this.#end({ call, server }, { ...answeredAt(event.at), isSuperseded: true });
      return;
    }
    this.#count('late', 1);
    // If the id was used again, the reply belongs to an unknown request.
    if (event.reason === 'settled' && entry?.kind === 'request' && entry.end && entry.lateAt === undefined) {
      this.entries.set(entry.number, { ...entry, lateAt: event.at });
    } else {
      this.#addMoment(event);
    }
  }

  #addOther(event: MomentEvent): void {
    switch (event.kind) {
      case 'queue.status':
        this.queue = { ...this.queue, status: event.status };
        break;
      case 'queue.subscribed':
        this.queue = { ...this.queue, queueId: event.queueId, polledAt: event.at };
        break;
      case 'queue.resumed':
        this.queue = { ...this.queue, queueId: event.queueId, polledAt: undefined };
        break;
      case 'queue.expired':
        this.queue = { ...this.queue, queueId: undefined, polledAt: undefined };
        break;
      case 'queue.poll':
        this.queue = { ...this.queue, polledAt: event.at - event.duration };
        break;
      case 'queue.connection':
        this.doubts.set(event.at, event);
        break;
      case 'queue.channel':
        this.channels.setStatus(event.at, event);
        break;
      case 'queue.event':
        this.channels.addEvent(event);
        break;
      case 'disposed':
        this.isDisposed = true;
        break;
    }
    this.#addMoment(event);
  }

  #addMoment(event: MomentEvent): void {
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

const PENDING = { steps: [], end: undefined, lateAt: undefined } as const;

function answeredAt(at: number): RequestEnd {
  return { at, code: undefined, status: undefined, timeout: undefined };
}

function stepOf({ state, count, status, retryIn }: Omit<Step, 'at'>): Omit<Step, 'at'> {
  return { state, count, status, retryIn };
}
