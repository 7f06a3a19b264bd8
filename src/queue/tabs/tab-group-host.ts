import type { Pacer } from '../pace/pacer.ts';
import type { SharedState, Update } from '../state/update.ts';

/** What a tab that begins to poll knows of the time before. */
export interface LeadBefore {
  /** Whether other tabs may have got events while this one was away. */
  readonly isBehind: boolean;
  /** Resolves with whether a read of the tab that polled before was cut off, so that its events are lost. */
  readonly cut: Promise<Cut>;
}

/** `before`: it was cut off before this tab began to poll. `since`: that is not known. */
export type Cut = 'none' | 'before' | 'since';

/** What a group of tabs needs from the poller of this tab. */
export interface TabGroupHost {
  readonly pacer: Pacer;
  /** How long a read of the queue takes at most, in ms. */
  readonly longestRead: number;
  /** Polls until `leave` aborts. */
  lead(leave: AbortSignal, before: LeadBefore): Promise<void>;
  /** Whether this tab has followed the queue before, and may have missed messages of the others since. */
  isBehind(): boolean;
  /** Whether this tab is paused, but the page is not left: it stays in the group, hears the others, and asks for no lock. */
  isListening(): boolean;
  /** This tab may have missed messages of the others: until another tab sends its state, or this one polls. */
  setBehind(isBehind: boolean): void;
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
