import type { QueuePoller, WidgetBridge } from 'bankside';

/**
 * The name of a function on the window around the bank's page. It gets the bridge and the poller before the first request is
 * sent, so that a recording has all of them.
 */
export const ON_WIRED = Symbol.for('bankside.playground.on-wired');

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
