import type { QueuePoller, WidgetBridge } from 'bankside';

/** The window of the bank's page in the playground. */
export interface PlaygroundWindow {
  playground?: {
    /** There once `ready` has resolved. */
    readonly bridge?: WidgetBridge;
    /** The same. Missing if no synchronisation was chosen. */
    readonly poller?: QueuePoller;
    /** Rejects if the page could not be started, with one sentence. The page shows it, too. */
    readonly ready: Promise<void>;
  };
}
