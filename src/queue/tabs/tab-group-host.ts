import type { Pacer } from '../pace/pacer.ts';
import type { SharedState, Update } from '../state/update.ts';

/** What a group of tabs needs from the poller of this tab. */
export interface TabGroupHost {
  readonly pacer: Pacer;
  /** Polls until `leave` aborts. Resolves with `false` if a read was cut off. */
  lead(leave: AbortSignal, isTakeover: boolean): Promise<boolean>;
  /** Whether this tab has followed the queue before. */
  wasHere(): boolean;
  /** Another tab polls. */
  follow(): void;
  /** @param isLeading Whether this tab polls. A `reading` is then the last one of a tab that polled before. */
  receive(update: Update, isLeading: boolean): void;
  adopt(state: SharedState): void;
  state(): SharedState;
  /** Another tab wants a poll now. */
  ask(): void;
  /** Another tab was used again: it wants a poll now, and earlier failures do not count any more. */
  wake(): void;
  /** From now on, this tab polls for itself. Other tabs go on with the queue that it has read until now. */
  part(): void;
}
