import type { QueueEventName, QueueEvents, QueuePoller } from '../index.ts';
import { useSourceEvent } from './use-source-event.ts';

/**
 * Calls the handler of the last rendering for each event of a poller, as long as the component is mounted.
 *
 * @param type A server event (`'LIST_ACCOUNTS'`, …, or `'*'` for all of them) or one of the poller's own.
 * @example
 * ```tsx
 * import type { QueuePoller } from 'bankside';
 * import { useQueueEvent } from 'bankside/react';
 *
 * function Accounts({ poller, reload }: { poller: QueuePoller | undefined; reload(): void }) {
 *   useQueueEvent(poller, 'LIST_ACCOUNTS', reload);
 *   useQueueEvent(poller, 'gap', reload); // what lost events carried is to be read again
 *   return null;
 * }
 * ```
 */
export function useQueueEvent<K extends QueueEventName>(
  poller: QueuePoller | undefined,
  type: K,
  handler: (event: QueueEvents[K]) => void,
): void {
  useSourceEvent(poller, type, handler);
}
