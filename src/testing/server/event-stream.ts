import { TooMany } from '../limits.ts';
import { refusalResponse } from './answers.ts';

/** Server-sent events to all connected pages: the push channel of a bank. */
export interface EventStream {
  open(): Response;
  send(data: unknown): void;
}

/** How many pages may be connected. */
const CAPACITY = 20;
/** How much may wait for one page, in bytes. */
const MAX_BUFFER = 1_000_000;

export function createEventStream(): EventStream {
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();

  function end(listener: ReadableStreamDefaultController<Uint8Array>): void {
    listeners.delete(listener);
    listener.error(new Error('The stream is not read.'));
  }

  return {
    open() {
      if (listeners.size >= CAPACITY) return refusalResponse(429, new TooMany(CAPACITY, 'streams').message);
      let listener: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            listener = controller;
            listeners.add(listener);
            listener.enqueue(encoder.encode('retry: 1000\n\n')); // sends the headers too, so that the page knows it is connected
          },
          cancel: () => void listeners.delete(listener),
        },
        new ByteLengthQueuingStrategy({ highWaterMark: MAX_BUFFER }),
      );
      return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
    },
    send(data) {
      const message = encoder.encode(`data: ${JSON.stringify(data)}\n\n`);
      for (const listener of listeners) {
        listener.enqueue(message);
        // It does not read. It may reconnect.
        if ((listener.desiredSize ?? 0) <= 0) end(listener);
      }
    },
  };
}
