import { attempt } from '../attempt.ts';
import { type AnyBanksideError, BanksideError } from '../errors.ts';
import { type Answer, exchange } from '../http/exchange.ts';
import { orAbort } from '../http/or-abort.ts';
import { headersFor } from '../http/read-headers.ts';
import { refusalOf } from '../http/refusal.ts';
import { retryAfter } from '../http/retry-after.ts';
import { sendWithToken } from '../http/send-with-token.ts';
import { now } from '../now.ts';
import { onAbort } from '../on-abort.ts';
import { type Connection, canBeAsked, readConnection } from './events.ts';
import { type Asked, misread, queueError } from './queue-error.ts';
import type { QueueSettings } from './queue-options.ts';
import { QUEUE_LIFE } from './schedule.ts';
import type { ServerClock } from './server-clock.ts';

/** What one request asks for. */
interface Ask extends Asked {
  readonly type: 'subscribe' | 'poll' | 'connection';
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
    const body = JSON.stringify({ topics: this.#settings.topics });
    const ask = askFor('subscribe', '', 'queues/subscribe', body);
    const { response } = await this.#request(ask, signal);
    if (!response.ok) throw this.#refused(ask, response);
    const location = response.headers.get('location');
    const id = location === null ? undefined : idIn(location);
    if (id) return id;
    const expected =
      "a header Location that leads to /queues/{id}; across origins, the server must send 'Access-Control-Expose-Headers: Location'";
    throw misread(ask, expected, location === null ? 'none that this page may read' : 'another');
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
    throw misread(ask, 'a JSON array of events', 'something else');
  }

  /** A connection as it is now; undefined if there is none of that id. */
  async connection(id: string, signal: AbortSignal): Promise<Connection | undefined> {
    const ask = askFor('connection', id, `connections/${encodeURIComponent(id)}`);
    const { response, text } = await this.#request(ask, signal);
    if (isGone(response)) return undefined;
    if (!response.ok) throw this.#refused(ask, response);
    const connection = readConnection(attempt(() => JSON.parse(text)));
    if (connection?.id === id) return connection;
    throw misread(ask, 'the connection as JSON', 'something else');
  }

  /** Resolves with whatever the server answered. */
  async #request(ask: Ask, signal: AbortSignal): Promise<Answer> {
    const { timeout, accessToken } = this.#settings;
    this.wasSent = false;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort(queueError('TIMEOUT', `No answer in ${timeout} ms`, ask, { timeout }));
    }, timeout);
    const letGo = onAbort(signal, () => abort.abort(signal.reason));
    try {
      return await sendWithToken(
        accessToken,
        abort.signal,
        (token) => this.#send(ask, token, abort),
        (message, cause) => queueError('NETWORK', message, ask, {}, cause),
      );
    } catch (error) {
      // Of whatever broke, what broke it comes first.
      abort.signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      letGo();
    }
  }

  async #send(ask: Ask, token: string | undefined, abort: AbortController): Promise<Answer> {
    const { signal } = abort;
    const { baseUrl, credentials, fetch = globalThis.fetch } = this.#settings;
    const given = headersFor(this.#settings.headers, () =>
      queueError('NETWORK', 'The function headers failed', ask),
    );
    const headers = await orAbort(given, signal);
    if (ask.body) headers.set('content-type', 'application/json');
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const exchanged = exchange(new URL(ask.path, baseUrl), {
      method: ask.body ? 'POST' : 'GET',
      headers,
      body: ask.body ?? null,
      cache: this.#cache,
      signal,
      credentials,
      fetch: (request) => {
        this.#checkPause(ask, abort);
        this.wasSent = true;
        return fetch(request);
      },
    });
    const answer = await orAbort(exchanged, signal);
    this.#clock.hear(answer.response.headers);
    if (answer.response.status === 401) {
      this.wasSent = false; // and so nothing was read
      this.#checkPause(ask, abort);
    }
    return answer;
  }

  #checkPause(ask: Ask, abort: AbortController): void {
    if (this.#isPaused()) abort.abort(queueError('ABORTED', 'The poller was paused', ask));
    abort.signal.throwIfAborted();
  }

  /** An answer with an error status, or with a redirect. */
  #refused(ask: Ask, { status, headers }: Response): BanksideError {
    const [code, message] = refusalOf(status);
    const error = queueError(code, message, ask, { status }) as AnyBanksideError;
    // A date is the server's: by a page whose clock is an hour late, and that knows no better, it would wait an hour.
    const { isSure } = this.#clock;
    waits.set(error, retryAfter(headers, this.#clock.now() * 1000, isSure ? Infinity : QUEUE_LIFE));
    return error;
  }
}

function askFor(type: Ask['type'], id: string, path: string, body?: string): Ask {
  return { type, id, path, body, started: now() };
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
