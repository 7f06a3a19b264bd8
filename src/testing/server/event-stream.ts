import { refuse } from './answers.ts';

/** Server-Sent Events to every page that listens: the push channel by which a bank's servers reach its page. */
export interface EventStream {
  open(): Response;
  send(data: unknown): void;
}

/** How many pages may listen at once. */
const CAPACITY = 20;
/** How much may wait for one of them, in bytes. */
const LONGEST_DELAY = 1_000_000;

export function createEventStream(): EventStream {
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();

  function end(listener: ReadableStreamDefaultController<Uint8Array>): void {
    listeners.delete(listener);
    listener.error(new Error('The stream is not read.'));
  }

  return {
    open() {
      if (listeners.size >= CAPACITY) return refuse(429, `${CAPACITY} streams are open, which is the most.`);
      let listener: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            listener = controller;
            listeners.add(listener);
            listener.enqueue(encoder.encode('retry: 1000\n\n')); // sends the headers too: the page knows that it is connected
          },
          cancel: () => void listeners.delete(listener),
        },
        new ByteLengthQueuingStrategy({ highWaterMark: LONGEST_DELAY }),
      );
      return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
    },
    send(data) {
      const message = encoder.encode(`data: ${JSON.stringify(data)}\n\n`);
      for (const listener of listeners) {
        listener.enqueue(message);
        // It does not read: it is not kept waiting, and may come again.
        if ((listener.desiredSize ?? 0) <= 0) end(listener);
      }
    },
  };
}
