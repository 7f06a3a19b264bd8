import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import { type AnyBanksideError, BanksideError } from '../../errors.ts';
import type { Answer } from '../../http/exchange.ts';
import { headersFor } from '../../http/headers.ts';
import { invalidResponse, requestError, type StartedRequest, statusError } from '../../http/request-error.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { stringify } from '../../text/stringify.ts';
import type { QueueSettings } from '../poller-options.ts';
import { canBeAsked } from './can-be-asked.ts';
import { type Connection, connectionSchema } from './events.ts';
import { startQueueRequest } from './queue-request.ts';
import { readBy } from './read-by.ts';
import type { ServerClock } from './server-clock.ts';

/** What one request asks for. */
interface Ask extends StartedRequest {
  readonly path: string;
  readonly body: string | undefined;
}

/** The three requests of the event queue, each with a token, a time limit, and one replay after a 401. */
export class QueueApi {
  readonly #settings: QueueSettings;
  readonly #clock: ServerClock;
  readonly #isPaused: () => boolean;
  /**
   * `no-store` makes browsers ask for leave (a preflight) each time. It is needed no more once the server says
   * `no-store` itself.
   */
  #cache: RequestCache = 'no-store';
  /** Whether the last request got as far as the network, and was not turned away there. */
  wasSent = false;

  /** @param isPaused Whether nothing may be sent now, not even once more after a 401. */
  constructor(settings: QueueSettings, clock: ServerClock, isPaused: () => boolean) {
    this.#settings = settings;
    this.#clock = clock;
    this.#isPaused = isPaused;
  }

  /** Gets a queue, and resolves with its id. */
  async subscribe(signal: AbortSignal): Promise<string> {
    const body = stringify({ topics: this.#settings.topics });
    const ask = askFor('subscribe', '', 'queues/subscribe', body);
    const { response } = await this.#request(ask, signal);
    if (!response.ok) throw this.#refused(ask, response);
    const location = response.headers.get('location');
    const id = location === null ? undefined : idIn(location);
    if (id) return id;
    const expected =
      "a header Location that leads to /queues/{id}; across origins, the server must send 'Access-Control-Expose-Headers: Location'";
    throw invalidResponse(
      'answer',
      ask,
      expected,
      location === null ? 'none that this page may read' : 'another',
    );
  }

  /**
   * Reads what is in the queue. Rejects with `QUEUE_EXPIRED` if there is no such queue, with
   * `INVALID_RESPONSE` if the answer is no list.
   */
  async read(queueId: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const ask = askFor('poll', queueId, `queues/${encodeURIComponent(queueId)}`);
    const { response, text } = await this.#request(ask, signal);
    if (isGone(response)) throw new BanksideError('QUEUE_EXPIRED', 'The queue is gone', { queueId });
    if (!response.ok) throw this.#refused(ask, response);
    const { status, headers } = response;
    this.#cache = /\bno-store\b/i.test(headers.get('cache-control') ?? '') ? 'default' : 'no-store';
    if (status === 204) return [];
    const events = attempt(() => JSON.parse(text));
    if (Array.isArray(events)) return events;
    throw invalidResponse('answer', ask, 'a JSON array of events', 'something else');
  }

  /** A connection as it is now; undefined if there is none of that id. */
  async connection(id: string, signal: AbortSignal): Promise<Connection | undefined> {
    const ask = askFor('connection', id, `connections/${encodeURIComponent(id)}`);
    const { response, text } = await this.#request(ask, signal);
    if (isGone(response)) return undefined;
    if (!response.ok) throw this.#refused(ask, response);
    const read = readBy(
      connectionSchema,
      attempt(() => JSON.parse(text)),
    );
    if (read.misfit !== undefined)
      throw invalidResponse('answer', ask, 'the connection as JSON', read.misfit);
    if (read.data.id === id) return read.data;
    throw invalidResponse('answer', ask, 'the connection as JSON', 'another one');
  }

  /** Resolves with whatever the server answered. */
  async #request(ask: Ask, signal: AbortSignal): Promise<Answer> {
    const { timeout } = this.#settings;
    this.wasSent = false;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort(requestError('TIMEOUT', `No answer in ${timeout} ms`, ask, { timeout }));
    }, timeout);
    const letGo = onAbort(signal, () => abort.abort(signal.reason));
    try {
      const answer = await this.#send(ask, abort.signal);
      this.#clock.hear(answer.response.headers);
      return answer;
    } finally {
      clearTimeout(timer);
      letGo();
    }
  }

  #send(ask: Ask, signal: AbortSignal): Promise<Answer> {
    const { baseUrl, client } = this.#settings;
    const { path, body } = ask;
    return client.send({
      url: new URL(path, baseUrl),
      method: body === undefined ? 'GET' : 'POST',
      body,
      cache: this.#cache,
      signal,
      headers: () => this.#headers(ask, signal),
      asking: (status) => {
        if (status !== 401) return;
        this.wasSent = false; // and so nothing was read
        this.#checkPause(ask);
      },
      sending: () => {
        this.#checkPause(ask);
        this.wasSent = true;
      },
      failed: (message, cause) => requestError('NETWORK', message, ask, {}, cause),
    });
  }

  async #headers(ask: Ask, signal: AbortSignal): Promise<Headers> {
    const failed = (cause: Error) => requestError('NETWORK', 'The function headers failed', ask, {}, cause);
    const headers = await headersFor(this.#settings.headers, failed, signal);
    if (ask.body !== undefined) headers.set('content-type', 'application/json');
    return headers;
  }

  #checkPause(ask: Ask): void {
    if (this.#isPaused()) throw requestError('ABORTED', 'The poller was paused', ask);
  }

  /** An answer with an error status, or with a redirect. */
  #refused(ask: Ask, { status, headers }: Response): BanksideError {
    const [code, message] = statusError(status);
    const error = requestError(code, message, ask, { status }) as AnyBanksideError;
    waits.set(error, retryAfter(headers, this.#clock.now() * 1000));
    return error;
  }
}

function askFor(type: 'subscribe' | 'poll' | 'connection', id: string, path: string, body?: string): Ask {
  return { ...startQueueRequest(type, id), path, body };
}

/** Whether the server knows nothing of that name, or not any more. */
function isGone({ status }: Response): boolean {
  return status === 404 || status === 410;
}

/** The id at the end of a queue's address: absolute or relative, with a slash behind it or without. */
function idIn(location: string): string | undefined {
  const [, id] = /(?:^|\/)queues\/([^/?#]+)\/?(?:[?#]|$)/.exec(location) ?? [];
  const name = attempt(() => decodeURIComponent(id ?? ''));
  return canBeAsked(name) ? name : undefined;
}

/** How long the server asked to wait before the next request, in ms. */
const waits = new WeakMap<AnyBanksideError, number | undefined>();

/** How long the answer that this error is about asked to wait, in ms; 0 if it did not. */
export function retryAfterOf(error: AnyBanksideError): number {
  return waits.get(error) ?? 0;
}
