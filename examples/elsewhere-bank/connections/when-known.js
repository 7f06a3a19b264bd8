/**
 * Has this connection followed, and waits until the first look at it has come.
 *
 * @param {import('bankside').QueuePoller} poller
 * @param {string} id
 * @returns {Promise<void>}
 */
export function whenKnown(poller, id) {
  poller.track(id);
  return new Promise((resolve) => {
    if (poller.connections.has(id)) return resolve();
    const off = poller.subscribe(() => {
      if (!poller.connections.has(id)) return;
      off();
      resolve();
    });
  });
}
