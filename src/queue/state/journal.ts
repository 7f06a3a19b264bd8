import { RecentIds } from '../../text/recent-ids.ts';
import { now } from '../../time.ts';
import type { QueueEvent } from '../server/events.ts';
import type { ServerClock } from '../server/server-clock.ts';
import type { KindOf } from './connections.ts';
import { type ConnectionReader, KnownConnections, type SharedConnection } from './known-connections.ts';
import type { Finding } from './update.ts';

/** Who hears of what the journal takes in. */
export interface JournalReader extends ConnectionReader {
  /** One of the server's events. */
  readonly deliver: (event: QueueEvent) => void;
  /** Whether nothing is to be delivered any more. */
  isOver(): boolean;
}

/** What a tab tells another one that has just come. Plain data. `askedAgo` in ms. */
export interface SharedState {
  readonly queueId: string | undefined;
  readonly isProven: boolean;
  readonly soundAt: number;
  readonly lastEvent: string | undefined;
  readonly askedAgo: number;
  readonly connections: readonly SharedConnection[];
}

const LEAST_MEMORY = 1_000;

/**
 * What is known of the queue, as the findings tell it. Each event is delivered once: its id is remembered, and
 * the memory is refreshed on sight. What it says of a connection goes to the known connections.
 */
export class Journal {
  queueId: string | undefined;
  /** Whether the queue has been read since it was resumed: one that has not may be another user's. */
  isProven = false;
  /** When the queue was asked last, on the clock of `performance.now()`. */
  askedAt = 0;
  /** When it was known that nothing is lost, in unix seconds. */
  soundAt: number;
  /** The id of the event that came last, by which tabs see whether they have heard the same. */
  lastEvent: string | undefined;
  /** The events of the largest answer. */
  largest = 0;
  /** Whether events that had been read were not delivered, as the poller was stopped in between. */
  wasCut = false;
  readonly connections: KnownConnections;

  readonly #seen = new RecentIds(LEAST_MEMORY);
  readonly #reader: JournalReader;
  readonly #clock: ServerClock;

  constructor(reader: JournalReader, clock: ServerClock, kindOf: KindOf) {
    this.#reader = reader;
    this.#clock = clock;
    this.connections = new KnownConnections(reader, kindOf);
    this.soundAt = clock.now();
  }

  /** The user has left: nothing of this is the next one's. */
  forget(): void {
    this.queueId = undefined;
    this.isProven = false;
    this.lastEvent = undefined;
    this.soundAt = this.#clock.now();
    this.wasCut = false;
    this.largest = 0;
    this.connections.clear();
    this.#seen.clear();
  }

  take(finding: Finding): void {
    const reader = this.#reader;
    switch (finding.kind) {
      case 'queue': {
        const { queueId, isNew } = finding;
        this.queueId = queueId;
        this.isProven = isNew;
        if (isNew) this.askedAt = now();
        reader.tell(isNew ? 'subscribed' : 'resumed', { queueId });
        break;
      }
      case 'expired':
        // A tab that has stood still may tell of the queue before.
        if (finding.queueId === this.queueId) this.queueId = undefined;
        reader.tell('expired', { queueId: finding.queueId });
        break;
      case 'gap':
        this.connections.doubtAll();
        reader.tell('gap', { reason: finding.reason, since: finding.since });
        break;
      case 'track': {
        const known = this.connections.get(finding.connectionId);
        known.isDoubtful ||= !known.state;
        break;
      }
      case 'poll':
        this.#poll(finding);
        break;
      case 'reading':
        this.connections.read(finding);
        break;
      case 'reconciled':
        reader.tell('reconciled', { connectionIds: finding.connectionIds });
        break;
    }
  }

  /** What a tab that comes needs to know. */
  share(): SharedState {
    const { queueId, isProven, soundAt, lastEvent, askedAt } = this;
    const connections = this.connections.share();
    return { queueId, isProven, soundAt, lastEvent, askedAgo: now() - askedAt, connections };
  }

  /** Takes over what another tab knows. */
  adopt({ queueId, isProven, soundAt, lastEvent, askedAgo, connections }: SharedState): void {
    // While this tab was away, the others got events that it never will.
    const hasMissed = this.queueId !== undefined && lastEvent !== this.lastEvent;
    if (hasMissed) this.take({ kind: 'gap', reason: 'woken', since: this.soundAt });
    if (queueId !== undefined && queueId !== this.queueId)
      this.take({ kind: 'queue', queueId, isNew: false });
    this.isProven = isProven;
    this.soundAt = soundAt;
    this.lastEvent = lastEvent;
    this.askedAt = now() - askedAgo;
    for (const connection of connections) {
      if (this.#reader.isOver()) return; // one who heard of the last has ended it
      this.connections.adopt(connection);
    }
    // What they know mends it: nobody else has heard of this gap.
    if (hasMissed) this.#reader.tell('reconciled', { connectionIds: this.connections.ids });
  }

  #poll({ queueId, events, at, isSure, duration }: Extract<Finding, { kind: 'poll' }>): void {
    const seen = this.#seen;
    const reader = this.#reader;
    // Once for the answer: to ask for the time at each of its events costs more.
    const heardAt = now();
    this.isProven = true;
    this.askedAt = heardAt - duration;
    this.soundAt = Math.floor(at - duration / 1000);
    this.largest = Math.max(this.largest, events.length);
    seen.limit = Math.max(LEAST_MEMORY, 2 * this.largest);
    let fresh = 0;
    for (const event of events) {
      const isNew = !seen.has(event.id);
      seen.add(event.id);
      if (!isNew) continue;
      if (reader.isOver()) {
        this.wasCut = true;
        return;
      }
      fresh += 1;
      this.lastEvent = event.id;
      const madeAt = event.creation_date ?? at;
      this.#clock.see(madeAt);
      this.connections.hear(event, madeAt, isSure, heardAt, reader.deliver);
    }
    reader.tell('poll', { queueId, events: fresh, duration });
  }
}
