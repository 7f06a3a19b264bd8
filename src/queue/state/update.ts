import type { AnyBanksideError } from '../../errors.ts';
import type { QueueEvent } from '../server/events.ts';
import type { Reading, SharedConnection } from './known-connection.ts';
import type { GapReason } from './poller-terms.ts';

/**
 * What a tab has learned; in most cases the polling tab. All tabs of a user apply it, and so come to the same state. Only a
 * `reading` or a failure of another tab is not applied by the polling tab, which reads again itself. Plain data, but for errors:
 * tabs send them to each other. Dates in unix seconds by the server's clock.
 */
export type Update =
  | { readonly kind: 'queue'; readonly queueId: string; readonly isNew: boolean }
  | { readonly kind: 'expired'; readonly queueId: string }
  | {
      /** The queue was read. */
      readonly kind: 'poll';
      readonly queueId: string;
      readonly events: readonly QueueEvent[];
      /** When the answer came. */
      readonly at: number;
      /** In ms. */
      readonly duration: number;
    }
  /** A poll has failed. */
  | ({ readonly kind: 'failed' } & FailedPoll)
  | { readonly kind: 'gap'; readonly reason: GapReason; readonly since: number }
  | { readonly kind: 'track'; readonly connectionId: string }
  | (Reading & { readonly kind: 'reading' })
  | { readonly kind: 'reconciled'; readonly connectionIds: readonly string[] };

/** A poll that has failed. */
export interface FailedPoll {
  readonly error: AnyBanksideError;
  /** When the queue is polled again, in ms from now. `undefined`: not at all, as the poller has ended. */
  readonly retryIn: number | undefined;
  /** Whether the server has asked for that pause. */
  readonly isHeld: boolean;
}

/** A change in this tab alone. */
export type LocalUpdate =
  /** What an earlier page has stored was loaded. `soundAt` as in the queue's state, undefined if nothing was stored; `askedAgo` in ms. */
  | { readonly kind: 'restored'; readonly soundAt: number | undefined; readonly askedAgo: number }
  /** Another tab sent all that it knows. */
  | { readonly kind: 'adopted'; readonly state: SharedState }
  /** Whether this tab may have missed what the polling tab has sent. */
  | { readonly kind: 'behind'; readonly isBehind: boolean }
  /** Another page now reads this queue, and gets its events. */
  | { readonly kind: 'queueTaken' }
  /** `true`: the poller was stopped between a read and its events, which are lost. `false`: that loss has been reported. */
  | { readonly kind: 'cut'; readonly wasCut: boolean }
  /** What is known of a connection may be out of date. */
  | { readonly kind: 'doubt'; readonly connectionId: string }
  /** Reads of connections failed, or were not tried. They wait until `notBefore`, on the clock of `performance.now()`. */
  | {
      readonly kind: 'unread';
      readonly failed: readonly string[];
      readonly untried: readonly string[];
      readonly notBefore: number;
    }
  /** The page waits for this connection, so the next poll reads it, even if a read has just failed. */
  | { readonly kind: 'awaited'; readonly connectionId: string }
  /** The poller was started, or the page is awake again. Earlier failures to read connections do not count any more. */
  | { readonly kind: 'revived' }
  /** The user has logged out. Nothing is kept for the next user. */
  | { readonly kind: 'forgotten' };

/** What a tab sends to another that has just joined. Plain data, but for an error. */
export interface SharedState {
  readonly queueId: string | undefined;
  readonly isProven: boolean;
  readonly soundAt: number;
  readonly lastEvent: string | undefined;
  /** In ms. */
  readonly askedAgo: number;
  readonly connections: readonly SharedConnection[];
  /** Why the last poll failed. */
  readonly failure: FailedPoll | undefined;
}
