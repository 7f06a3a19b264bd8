/** The page's queue poller, as far as a bridge knows it: something to stop. */
export interface QueuePoller {
  stop(options?: { forget?: boolean }): Promise<void>;
}
