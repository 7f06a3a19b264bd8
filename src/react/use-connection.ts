import { useCallback, useEffect } from 'react';
import type { ConnectionState, QueuePoller, QueueSnapshot } from '../index.ts';
import { useQueue } from './use-queue.ts';

/**
 * How one connection is, and tracks it: a poller then knows it even before an event names it. The component
 * renders anew when this connection changes, and not when another does.
 *
 * @param id The connection's id; `undefined` or empty as long as there is none. One that no connection can have, such as
 *   `'..'`, throws the `INVALID_CALL` of `track` at the nearest error boundary.
 * @returns `undefined` until something is known.
 * @example
 * ```tsx
 * import type { QueuePoller } from 'bankside';
 * import { useConnection } from 'bankside/react';
 *
 * function Bank({ poller, id }: { poller: QueuePoller | undefined; id: string }) {
 *   const connection = useConnection(poller, id);
 *   return <p>{connection?.syncing ? 'Looking for accounts' : connection?.status}</p>;
 * }
 * ```
 */
export function useConnection(
  poller: QueuePoller | undefined,
  id: string | undefined,
): ConnectionState | undefined {
  useEffect(() => {
    if (id) poller?.track(id);
  }, [poller, id]);
  return useQueue(
    poller,
    useCallback(({ connections }: QueueSnapshot) => connections.get(id ?? ''), [id]),
  );
}
