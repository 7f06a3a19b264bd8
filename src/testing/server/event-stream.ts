/** Server-Sent Events to every page that listens: the push channel by which a bank's servers reach its page. */
export interface EventStream {
  open(): Response;
  send(data: unknown): void;
}

export function createEventStream(): EventStream {
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();

  return {
    open() {
      let listener: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          listener = controller;
          listeners.add(listener);
          listener.enqueue(encoder.encode('retry: 1000\n\n')); // sends the headers too: the page knows that it is connected
        },
        cancel: () => void listeners.delete(listener),
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
    },
    send(data) {
      const message = encoder.encode(`data: ${JSON.stringify(data)}\n\n`);
      for (const listener of listeners) listener.enqueue(message);
    },
  };
}
