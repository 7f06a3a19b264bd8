import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import { BanksideError, isBanksideError } from '../../errors.ts';
import type { HttpClient } from '../../http/client.ts';
import { type Endpoint, insecureOrigin } from '../../http/endpoint.ts';
import { type HeadersOption, headersFor } from '../../http/headers.ts';
import { invalidResponse, requestError, type StartedRequest, statusError } from '../../http/request-error.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { Answer } from '../../http/send-with-ky.ts';
import { stringify } from '../../text/stringify.ts';
import { type Connection, connectionSchema } from './events.ts';
import type { QueueFailure } from './queue-failure.ts';
import { queueIdIn } from './queue-id-in.ts';
import { startQueueRequest } from './queue-request.ts';
import { readBy } from './read-by.ts';
import type { ServerClock } from './server-clock.ts';

/** The poller's options that the three requests need. */
export interface QueueApiSettings {
  /** It ends in a slash. */
  readonly baseUrl: Endpoint;
  readonly topics: readonly string[];
  readonly client: HttpClient;
  readonly headers: HeadersOption;
  /** The time limit of one request, in ms. */
  readonly timeout: number;
}

/** What a request brought, or why it brought nothing. */
export type QueueResult<T> =
  | { readonly value: T; readonly failure?: never }
  | { readonly value?: never; readonly failure: QueueFailure };

interface QueueRequest extends StartedRequest {
  readonly path: string;
  readonly body?: string;
  /** Called with `true` when the request is sent, and with `false` when a 401 has rejected it. */
  readonly onSent?: (isSent: boolean) => void;
}

/** The three requests of the event queue, each with a token, a time limit, and one replay after a 401. */
export class QueueApi {
  readonly #settings: QueueApiSettings;
  readonly #clock: ServerClock;
  readonly #isPaused: () => boolean;
  readonly #onInsecure: (origin: string) => void;
  #hasReportedInsecurity = false;
  /** In a request, `no-store` costs a preflight. It is not needed once the server's own answers say `no-store`. */
  #cache: RequestCache = 'no-store';

  /**
   * @param isPaused Whether nothing may be sent now, not even the replay after a 401.
   * @param onInsecure Called before the first request that others can read on the network, with the origin that it goes to.
   */
  constructor(
    settings: QueueApiSettings,
    clock: ServerClock,
    isPaused: () => boolean,
    onInsecure: (origin: string) => void,
  ) {
    this.#settings = settings;
    this.#clock = clock;
    this.#isPaused = isPaused;
    this.#onInsecure = onInsecure;
  }

  /** Gets a queue: its id. */
  subscribe(signal: AbortSignal): Promise<QueueResult<string>> {
    const body = stringify({ topics: this.#settings.topics });
    const request = { ...startQueueRequest('subscribe', ''), path: 'queues/subscribe', body };
    return this.#request(request, signal, ({ response }) => {
      if (!response.ok) throw statusError(response, request);
      const location = response.headers.get('location');
      const id = location === null ? undefined : queueIdIn(location);
      if (id) return id;
      const expected =
        "a header Location that leads to /queues/{id}; across origins, the server must send 'Access-Control-Expose-Headers: Location'";
      const received = location === null ? 'none that this page may read' : 'another';
      throw invalidResponse('answer', request, expected, received);
    });
  }

  /**
   * Reads what is in the queue. Fails with `QUEUE_EXPIRED` if there is no such queue, and with `INVALID_RESPONSE` if the answer
   * is not an array.
   *
   * @param onSent See {@link QueueRequest.onSent}.
   */
  read(
    queueId: string,
    signal: AbortSignal,
    onSent: (isSent: boolean) => void,
  ): Promise<QueueResult<readonly unknown[]>> {
    const path = `queues/${encodeURIComponent(queueId)}`;
    const request = { ...startQueueRequest('poll', queueId), path, onSent };
    return this.#request(request, signal, ({ response, text }) => {
      if (isGone(response)) throw new BanksideError('QUEUE_EXPIRED', 'The queue is gone', { queueId });
      if (!response.ok) throw statusError(response, request);
      const { status, headers } = response;
      this.#cache = /\bno-store\b/i.test(headers.get('cache-control') ?? '') ? 'default' : 'no-store';
      if (status === 204) return [];
      const events = attempt(() => JSON.parse(text));
      if (Array.isArray(events)) return events;
      throw invalidResponse('answer', request, 'a JSON array of events', 'something else');
    });
  }

  /** Reads a connection. `undefined`: the server does not know that id. */
  connection(id: string, signal: AbortSignal): Promise<QueueResult<Connection | undefined>> {
    const request = { ...startQueueRequest('connection', id), path: `connections/${encodeURIComponent(id)}` };
    return this.#request(request, signal, ({ response, text }) => {
      if (isGone(response)) return undefined;
      if (!response.ok) throw statusError(response, request);
      const { data, problem } = readBy(
        connectionSchema,
        attempt(() => JSON.parse(text)),
      );
      if (data?.id === id) return data;
      throw invalidResponse('answer', request, 'the connection as JSON', problem ?? 'another one');
    });
  }

  /** @param read Reads the answer, whatever its status. What it throws is the failure. */
  async #request<T>(
    request: QueueRequest,
    signal: AbortSignal,
    read: (answer: Answer) => T,
  ): Promise<QueueResult<T>> {
    let wasSent = false;
    let answer: Answer | undefined;
    const onSent = (isSent: boolean): void => {
      wasSent = isSent;
      request.onSent?.(isSent);
    };
    try {
      answer = await this.#sendInTime({ ...request, onSent }, signal);
      this.#clock.readDate(answer.response.headers);
      return { value: read(answer) };
    } catch (error) {
      const headers = isBanksideError(error, 'HTTP') ? answer?.response.headers : undefined;
      const wait = headers && retryAfter(headers, this.#clock.now() * 1000);
      return { failure: { error, wasSent, retryAfter: wait ?? 0 } };
    }
  }

  async #sendInTime(request: QueueRequest, signal: AbortSignal): Promise<Answer> {
    const { timeout } = this.#settings;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort(requestError('TIMEOUT', `No answer in ${timeout} ms`, request, { timeout }));
    }, timeout);
    const unsubscribe = onAbort(signal, () => abort.abort(signal.reason));
    try {
      return await this.#send(request, abort.signal);
    } finally {
      clearTimeout(timer);
      unsubscribe();
    }
  }

  #send(request: QueueRequest, signal: AbortSignal): Promise<Answer> {
    const { baseUrl, client } = this.#settings;
    const { path, body, onSent } = request;
    const url = new URL(path, baseUrl());
    const origin = insecureOrigin(url);
    if (origin !== undefined) this.#reportInsecurity(origin);
    return client.send({
      url,
      method: body === undefined ? 'GET' : 'POST',
      body,
      cache: this.#cache,
      signal,
      headers: () => this.#headers(request, signal),
      onTokenRequest: (status) => {
        if (status !== 401) return;
        onSent?.(false);
        this.#checkPause(request);
      },
      onSend: () => {
        this.#checkPause(request);
        onSent?.(true);
      },
      sent: request,
    });
  }

  async #headers(request: QueueRequest, signal: AbortSignal): Promise<Headers> {
    const failed = (cause: Error) =>
      requestError('NETWORK', 'The function headers failed', request, {}, cause);
    const headers = await headersFor(this.#settings.headers, failed, signal);
    if (request.body !== undefined) headers.set('content-type', 'application/json');
    return headers;
  }

  #reportInsecurity(origin: string): void {
    if (this.#hasReportedInsecurity) return;
    this.#hasReportedInsecurity = true;
    this.#onInsecure(origin);
  }

  #checkPause(request: QueueRequest): void {
    if (this.#isPaused()) throw requestError('ABORTED', 'The poller was paused', request);
  }
}

/** Whether the server does not know the id. */
function isGone({ status }: Response): boolean {
  return status === 404 || status === 410;
}
