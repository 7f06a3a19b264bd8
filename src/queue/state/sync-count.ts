import type { Connection } from '../server/events.ts';
import type { ConnectionState } from './connection-state.ts';
import { lastEndIn } from './connections.ts';

/** What tells the synchronisations of a connection apart. */
export interface SyncIds {
  /** Names the newest synchronisation that is known. */
  readonly id: string;
  /** Whether an id is of this connection, in this poller. */
  has(id: string): boolean;
}

/**
 * The ends of two channels, or an end and its date by the server's clock, belong together if they are no further apart than this.
 * In seconds.
 */
const SAME_END = 10;

/** Whether the ends of one state are of a later synchronisation than those of another, as far as dates alone can say. */
export function endsLater(one: ConnectionState, than: ConnectionState): boolean {
  return lastEndIn(one) > lastEndIn(than) + SAME_END;
}

/**
 * Counts the synchronisations of a connection. There is another one
 *
 * 1. when the connection starts to run;
 * 2. when its beginning was not seen, and the server gives a later end of a channel that has ended already;
 * 3. or an end that is much later than all before.
 */
export class SyncCount implements SyncIds {
  readonly #name = Math.random().toString(36).slice(2);
  #count = 0;
  /** When each channel last ended, by the server. */
  readonly #ends = new Map<string, number>();
  /** The channels of which the server has said when they ended in this synchronisation. */
  readonly #ended = new Set<string>();

  get id(): string {
    return `${this.#name}-${this.#count}`;
  }

  has(id: string): boolean {
    return id.startsWith(`${this.#name}-`);
  }

  /** The server has sent the connection, in an event or as an answer. */
  note(before: ConnectionState | undefined, after: ConnectionState, { channels }: Connection): void {
    const ends = (channels ?? []).map(
      ({ channel_definition_id: id, last_end_date }) => [id, last_end_date ?? 0] as const,
    );
    const later = ends.filter(([id, end]) => end > (this.#ends.get(id) ?? 0));
    const isAgain = later.some(([id]) => this.#ended.has(id));
    this.#compare(before, after, isAgain);
    for (const [id, end] of later) {
      this.#ends.set(id, end);
      this.#ended.add(id);
    }
  }

  /** Another tab has sent what it knows. Its dates may be by its own clock. */
  adopt(before: ConnectionState | undefined, after: ConnectionState): void {
    this.#compare(before, after, false);
  }

  #compare(before: ConnectionState | undefined, after: ConnectionState, isAgain: boolean): void {
    const starts = after.syncing && !before?.syncing;
    const endsUnseen = before && !before.syncing && !after.syncing && (isAgain || endsLater(after, before));
    if (!starts && !endsUnseen) return;
    this.#count += 1;
    this.#ended.clear();
  }
}
