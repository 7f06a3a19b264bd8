import { useCallback, useEffect } from 'react';
import type { ConnectionState, QueueEventName, QueueEvents, QueuePoller, QueueSnapshot } from '../index.ts';
import { useSourceEvent } from './effects.ts';
import { useOwned } from './use-owned.ts';
import { useSnapshot } from './use-snapshot.ts';

const IDLE: QueueSnapshot = {
  status: 'idle',
  queueId: undefined,
  connections: new Map(),
  failure: undefined,
};

/**
 * Creates and starts a poller when the component mounts, and stops it in the microtask after the component unmounts. A
 * component that mounts again at once, as under StrictMode, keeps its poller. If the poller cannot start, it emits
 * `failure`. For another user, give the component another `key`.
 *
 * @param create Creates the poller; it need not start it. Called once per mount, never during rendering.
 * @returns The poller. `undefined` on a server and in the first rendering, which the browser does not paint.
 * @example
 * ```tsx
 * import { QueuePoller } from 'bankside';
 * import { useQueue, useQueuePoller } from 'bankside/react';
 *
 * function Banks({ accessToken, user }: { accessToken: () => Promise<string>; user: string }) {
 *   const poller = useQueuePoller(() => new QueuePoller({ baseUrl: '/api/linxo', accessToken, user }));
 *   const connections = useQueue(poller, (snapshot) => [...snapshot.connections.values()]);
 *   return <ul>{connections.map(({ id, name, status }) => <li key={id}>{name}: {status}</li>)}</ul>;
 * }
 * ```
 */
export function useQueuePoller(create: (signal: AbortSignal) => QueuePoller): QueuePoller | undefined {
  return useOwned((signal) => started(create(signal)), stop);
}

/**
 * The snapshot of a poller. The component renders again with each change: when the doubt about a connection begins or ends,
 * when polls begin to fail (`failure`), when the time of the next try moves (`failure.retryAt`), and when a poll succeeds.
 *
 * @param poller As `useQueuePoller` returns it. While it is `undefined`, the status is `idle`, there are no connections and
 *   no failure.
 */
export function useQueue(poller: QueuePoller | undefined): QueueSnapshot;
/**
 * A part of a poller's snapshot. The component renders again when that part changes.
 *
 * @param select Returns the part. Called once per snapshot, so that it may return a new object each time.
 */
export function useQueue<T>(poller: QueuePoller | undefined, select: (snapshot: QueueSnapshot) => T): T;
export function useQueue(
  poller: QueuePoller | undefined,
  select: (snapshot: QueueSnapshot) => unknown = whole,
): unknown {
  return useSnapshot(poller, IDLE, select);
}

/**
 * The state of one connection. It also tracks the connection, so that the poller reads it before an event names it. The
 * component renders again when this connection changes, also when the doubt about it begins or ends (`isDoubtful`), not when
 * another connection changes.
 *
 * @param id The connection's id; `undefined` or empty while there is none. An id that no connection can have, such as
 *   `'..'`, throws the `INVALID_CALL` of `track` at the nearest error boundary.
 * @returns `undefined` until the poller knows the connection.
 * @example
 * ```tsx
 * import type { QueuePoller } from 'bankside';
 * import { useConnection } from 'bankside/react';
 *
 * function Bank({ poller, id }: { poller: QueuePoller | undefined; id: string }) {
 *   const connection = useConnection(poller, id);
 *   return <p>{connection?.action ? 'Your bank needs you' : connection?.syncing && 'Looking for accounts'}</p>;
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

/**
 * Calls the handler of the last rendering for each event of a poller, while the component is mounted.
 *
 * @param type A server event (`'LIST_ACCOUNTS'`, …, or `'*'` for all of them) or one of the poller's own events. One that does
 *   not exist throws the `INVALID_CALL` of `on` at the nearest error boundary.
 * @example
 * ```tsx
 * import type { QueuePoller } from 'bankside';
 * import { useQueueEvent } from 'bankside/react';
 *
 * function Accounts({ poller, reload }: { poller: QueuePoller | undefined; reload(): void }) {
 *   useQueueEvent(poller, 'LIST_ACCOUNTS', reload);
 *   useQueueEvent(poller, 'gap', reload); // events may be lost: read the accounts again
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

function started(poller: QueuePoller): QueuePoller {
  poller.start().catch(() => {}); // the poller emits it as `failure`
  return poller;
}

function stop(poller: QueuePoller): void {
  void poller.stop();
}

function whole(snapshot: QueueSnapshot): QueueSnapshot {
  return snapshot;
}
