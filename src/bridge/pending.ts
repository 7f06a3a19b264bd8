import type { WidgetRequest } from '../transport/transport.ts';
import type { Asker } from './calls.ts';

/** A request from its call to its one outcome. */
export interface PendingRequest {
  readonly request: WidgetRequest;
  /** Ids compare as strings. */
  readonly id: string;
  /** Who waits for the outcome: the one whose call it is, and those who have joined. */
  readonly askers: Asker[];
  /** On the clock of `performance.now()`, which no change of the system's time moves. */
  readonly started: number;
  /** In ms since the epoch. */
  readonly startedAt: number;
  /** In ms. */
  timeout: number;
  /** On the clock of `performance.now()` too. */
  deadline: number;
  /** Gives it up at the transport; there while the transport has it. */
  abort?: ((reason: unknown) => void) | undefined;
  /** Lets go of the signal that may give it up. */
  release?: (() => void) | undefined;
}
