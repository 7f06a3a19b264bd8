/**
 * Server-Sent Events to every page that listens: the push channel by which a bank's servers reach its page.
 */
export function createEventStream() {
  /** @type {Set<import('node:http').ServerResponse>} */
  const listeners = new Set();

  return {
    /** @param {import('node:http').ServerResponse} response */
    open(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write('retry: 1000\n\n'); // sends the headers too: the page knows that it is connected
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    /** @param {unknown} data */
    send(data) {
      for (const listener of listeners) listener.write(`data: ${JSON.stringify(data)}\n\n`);
    },
    close() {
      for (const listener of listeners) listener.end();
    },
  };
}
