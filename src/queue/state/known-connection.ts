import type { ConnectionStatus } from '../server/event-types.ts';
import type { Connection } from '../server/events.ts';
import type { ConnectionState } from './connection-state.ts';
import type { ChangeSource } from './poller-terms.ts';
import type { SyncIds } from './sync-count.ts';

/** A connection that an event or the page has named. */
export interface KnownConnection {
  readonly id: string;
  readonly state: ConnectionState | undefined;
  readonly source: ChangeSource;
  readonly syncs: SyncIds;
  /** Whether its state may be wrong until it is read. */
  readonly isDoubtful: boolean;
  /** What its events have said of it while a channel was running: a status from before, which proves nothing at the end. */
  readonly saidWhileRunning: ConnectionStatus | undefined;
  /** When events last changed it since it was read, on the clock of `performance.now()`. */
  readonly movedAt: number | undefined;
  /** Its last reading is from a time between these two, in unix seconds. */
  readonly from: number;
  readonly to: number;
  /** When that reading came, on the clock of `performance.now()`. */
  readonly readAt: number;
  /** How many reads have failed in a row. */
  readonly failedReads: number;
  /** When it may be read again after a failure, on the clock of `performance.now()`; else 0. */
  readonly notBefore: number;
}

/** A connection as the server answered it. */
export interface Reading {
  readonly connectionId: string;
  /** Undefined: the server does not know that id. */
  readonly connection: Connection | undefined;
  /** It is from a time between these two, in unix seconds. */
  readonly from: number;
  readonly to: number;
}

/** The part of a known connection that tabs send each other. Plain data. */
export type SharedConnection = Pick<
  KnownConnection,
  'id' | 'state' | 'isDoubtful' | 'saidWhileRunning' | 'from' | 'to'
>;
