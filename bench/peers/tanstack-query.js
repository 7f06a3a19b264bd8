import { environmentManager, QueryClient, QueryObserver } from '@tanstack/query-core';

/**
 * A query with a `refetchInterval`, which ends once a read is the last. Events count when they are read,
 * before its listeners are called.
 *
 * @type {import('./fixed-gap.js').WaitForEnd}
 */
export function refetchInterval(read, interval) {
  // Without a window it assumes that it runs on a server, and does not poll.
  environmentManager.setIsServer(() => false);
  const client = new QueryClient();
  client.mount();
  const observer = new QueryObserver(client, {
    queryKey: ['queue'],
    queryFn: read,
    refetchInterval: ({ state }) => (state.data ? false : interval),
    retry: false,
  });
  return new Promise((resolve) => {
    const unsubscribe = observer.subscribe(({ data }) => {
      if (!data) return;
      unsubscribe();
      client.clear();
      client.unmount();
      resolve();
    });
  });
}
