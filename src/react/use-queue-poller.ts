import type { QueuePoller } from '../index.ts';
import { useOwned } from './use-owned.ts';

/**
 * Makes a poller when the component mounts, starts it, and stops it when that unmounts, in the microtask after: one
 * that mounts again at once, as under StrictMode, keeps its poller. That it can't be started is told as a `failure`
 * event. For another user, give the component another `key`.
 *
 * @param create Makes the poller; need not start it. Called once a mount, and not while rendering.
 * @returns The poller; `undefined` on a server and in the first rendering, which is not shown.
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

function started(poller: QueuePoller): QueuePoller {
  poller.start().catch(() => {}); // told as a failure
  return poller;
}

function stop(poller: QueuePoller): void {
  void poller.stop();
}
