import type { QueueModel } from './create-queue-service.ts';
import type { LinxoOptions } from './linxo-options.ts';
import type { QueueService } from './queue-service.ts';

/** The event queue's server: what it knows, and how it answers. */
export interface Linxo extends QueueService {
  /** What `handlers` answer, without msw. A connection that breaks is `Response.error()`. */
  respond(request: Request): Promise<Response>;
  /**
   * The same in the shape of `fetch`, for clients that take one: a connection that breaks rejects with a
   * `TypeError`, an abort with the signal's reason.
   */
  fetch: typeof fetch;
  /** From now on it behaves like this; what is left out stays. */
  configure(options: LinxoOptions): void;
}

export function createLinxo(model: QueueModel, respond: Linxo['respond']): Linxo {
  return Object.assign(model, {
    respond,
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const request = input instanceof Request && !init ? input : new Request(input, init);
      request.signal.throwIfAborted();
      const response = await respond(request);
      request.signal.throwIfAborted();
      if (response.type === 'error') throw new TypeError('Failed to fetch');
      return response;
    },
  });
}
