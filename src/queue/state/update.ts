import type { Connection, QueueEvent } from '../server/events.ts';
import type { GapReason } from './poller-events.ts';

/**
 * What the tab that polls has found out. All tabs of a user take in the same findings in the same order, and
 * so come to the same state; where one that has polled until now still speaks, they come to it with the next reading of
 * the one that polls. Plain data, as they travel between tabs. Dates in unix seconds of the server's.
 */
export type Finding =
  | { readonly kind: 'queue'; readonly queueId: string; readonly isNew: boolean }
  | { readonly kind: 'expired'; readonly queueId: string }
  | {
      readonly kind: 'poll';
      readonly queueId: string;
      readonly events: readonly QueueEvent[];
      /** When the answer came. */
      readonly at: number;
      /** Whether that is by the server's clock, so that dates of events can be compared with it. */
      readonly isSure: boolean;
      /** In ms. */
      readonly duration: number;
    }
  | { readonly kind: 'gap'; readonly reason: GapReason; readonly since: number }
  | { readonly kind: 'track'; readonly connectionId: string }
  | {
      readonly kind: 'reading';
      readonly connectionId: string;
      /** Undefined: the server knows none of that id. */
      readonly connection: Connection | undefined;
      /** Between these two the server looked it up. */
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'reconciled'; readonly connectionIds: readonly string[] };
