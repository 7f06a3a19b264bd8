import { environmentManager, QueryClient, QueryObserver } from '@tanstack/query-core';

/**
 * A query with a `refetchInterval` that ends with what it asks for. Events are taken where they are read, which is sooner than its listeners hear of them.
 *
 * @type {import('./fixed-gap.js').WaitForEnd}
 */
export function refetchInterval(read, interval) {
  // Without a window it takes itself for a server, where it polls nothing.
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
