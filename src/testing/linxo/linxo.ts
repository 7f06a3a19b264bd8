import type { QueueModel } from './create-queue-service.ts';
import type { LinxoOptions } from './linxo-options.ts';
import type { QueueService } from './queue-service.ts';

/** The server of the event queue. */
export interface Linxo extends QueueService {
  /** Answers a request without msw. A network error is `Response.error()`. */
  respond(request: Request): Promise<Response>;
  /**
   * The same with the signature of `fetch`. A network error rejects with a `TypeError`, an abort with the signal's
   * reason.
   */
  fetch: typeof fetch;
  /** Changes options. Omitted ones stay as they are. */
  configure(options: LinxoOptions): void;
}

/** The same with the functions that only the sandbox's own server uses. */
export function modelOf(linxo: Linxo): QueueModel {
  return linxo as Linxo & QueueModel;
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
