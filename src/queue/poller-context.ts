import type { AnyBanksideError } from '../errors.ts';
import type { Pacer } from './pace/pacer.ts';
import type { QueueSettings } from './poller-options.ts';
import type { QueueApi } from './server/queue-api.ts';
import type { ServerClock } from './server/server-clock.ts';
import type { Journal } from './state/journal.ts';
import type { PollerStatus } from './state/poller-events.ts';
import type { QueueStore } from './tabs/queue-store.ts';

/** The parts of a poller that are of one user, as its sessions need them. */
export interface PollerContext {
  readonly settings: QueueSettings;
  readonly api: QueueApi;
  readonly clock: ServerClock;
  readonly journal: Journal;
  readonly pacer: Pacer;
  readonly store: QueueStore;
  /** The queue that the page got for this user elsewhere. */
  readonly givenQueueId: string | undefined;
  /** What is known has changed. */
  changed(): void;
  become(status: PollerStatus): void;
  /** Something failed; `retryIn` as in the event. */
  failed(error: AnyBanksideError, retryIn: number | undefined): void;
}
