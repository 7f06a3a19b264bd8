import ky from 'ky';
import {
  type AnyBanksideError,
  BanksideError,
  isBanksideError,
  type MismatchDetails,
  misfit,
} from '../errors.ts';
import { fetchFailure } from '../http/fetch-failure.ts';
import { readHeaders } from '../http/read-headers.ts';
import { retryAfter } from '../http/retry-after.ts';
import { isFunction } from '../is-function.ts';
import { type Connection, readConnection } from './events.ts';
import { queueError } from './queue-error.ts';
import type { QueueSettings } from './queue-options.ts';
import { QUEUE_LIFE } from './schedule.ts';
import type { ServerClock } from './server-clock.ts';

/** What one request asks for. */
interface Ask {
  readonly type: 'subscribe' | 'poll' | 'connection';
  /** What it is about. */
  readonly id: string;
  readonly path: string;
  readonly body?: string;
}

interface Answer {
  readonly response: Response;
  readonly text: string;
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
    const started = performance.now();
    const ask: Ask = { type: 'subscribe', id: '', path: 'queues/subscribe', body };
    const { response } = await this.#request(ask, started, signal);
    if (!response.ok) throw this.#refused(ask, started, response);
    const location = response.headers.get('location');
    const id = location === null ? undefined : idIn(location);
    if (id) return id;
    throw misread(ask, started, {
      expected:
        "a header Location that leads to /queues/{id}; across origins, the server must send 'Access-Control-Expose-Headers: Location'",
      received: location === null ? 'none that this page may read' : 'another',
    });
  }

  /**
   * Reads what is in the queue. Rejects with `QUEUE_EXPIRED` if there is no such queue, with
   * `INVALID_RESPONSE` if the answer is no list.
   */
  async read(queueId: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const started = performance.now();
    const ask: Ask = { type: 'poll', id: queueId, path: `queues/${encodeURIComponent(queueId)}` };
    const { response, text } = await this.#request(ask, started, signal);
    const { status, headers } = response;
    if (status === 404 || status === 410) {
      throw new BanksideError('QUEUE_EXPIRED', 'The queue is gone', { queueId });
    }
    if (!response.ok) throw this.#refused(ask, started, response);
    this.#cache = /\bno-store\b/i.test(headers.get('cache-control') ?? '') ? 'default' : 'no-store';
    if (status === 204) return [];
    const events = parse(text);
    if (Array.isArray(events)) return events;
    throw misread(ask, started, { expected: 'a JSON array of events', received: 'something else' });
  }

  /** A connection as it is now; undefined if there is none of that id. */
  async connection(id: string, signal: AbortSignal): Promise<Connection | undefined> {
    const started = performance.now();
    const ask: Ask = { type: 'connection', id, path: `connections/${encodeURIComponent(id)}` };
    const { response, text } = await this.#request(ask, started, signal);
    if (response.status === 404 || response.status === 410) return undefined;
    if (!response.ok) throw this.#refused(ask, started, response);
    const connection = readConnection(parse(text));
    if (connection?.id === id) return connection;
    throw misread(ask, started, { expected: 'the connection as JSON', received: 'something else' });
  }

  /** Resolves with whatever the server answered, but for a second 401. */
  async #request(ask: Ask, started: number, signal: AbortSignal): Promise<Answer> {
    const { timeout, accessToken } = this.#settings;
    this.wasSent = false;
    const abort = new AbortController();
    const giveUp = (): void => abort.abort(signal.reason);
    const timer = setTimeout(() => {
      const message = `No answer in ${timeout} ms`;
      abort.abort(queueError('TIMEOUT', message, ask, started, { timeout }));
    }, timeout);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp);
    try {
      let token = await this.#token(ask, started, abort.signal, () => accessToken?.get(abort.signal));
      let answer = await this.#send(ask, started, token, abort.signal);
      if (token !== undefined && answer.response.status === 401) {
        const rejected = token;
        this.wasSent = false; // and so nothing was read
        this.#checkPause(ask, started);
        token = await this.#token(ask, started, abort.signal, () =>
          accessToken?.replace(rejected, abort.signal),
        );
        if (token !== undefined) answer = await this.#send(ask, started, token, abort.signal);
      }
      if (answer.response.status !== 401) return answer;
      throw queueError('UNAUTHORIZED', 'The server refused the access token', ask, started, { status: 401 });
    } catch (error) {
      // Of whatever broke, what broke it comes first.
      abort.signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
  }

  async #token(
    ask: Ask,
    started: number,
    signal: AbortSignal,
    get: () => Promise<string | undefined> | undefined,
  ): Promise<string | undefined> {
    try {
      return await get();
    } catch (error) {
      signal.throwIfAborted();
      // What the page's function throws is not kept: it may quote a token.
      throw isBanksideError(error)
        ? error
        : queueError('NETWORK', 'The function accessToken failed', ask, started);
    }
  }

  async #send(ask: Ask, started: number, token: string | undefined, signal: AbortSignal): Promise<Answer> {
    const { baseUrl, credentials, fetch = globalThis.fetch } = this.#settings;
    const headers = await this.#headers(ask, started);
    if (ask.body) headers.set('content-type', 'application/json');
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    let answer: Answer | undefined;
    let cause: unknown;
    const attempt = ky(new URL(ask.path, baseUrl), {
      method: ask.body ? 'post' : 'get',
      headers,
      redirect: 'manual', // it would carry the token to another address
      cache: this.#cache,
      signal,
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      ...(ask.body && { body: ask.body }),
      ...(credentials && { credentials }),
      // The whole body belongs to the attempt: one that breaks off is a failure of the network like any other.
      fetch: async (request) => {
        // At the last moment, as ky takes its time.
        signal.throwIfAborted();
        this.#checkPause(ask, started);
        this.wasSent = true;
        const response = await fetch(request);
        answer = { response, text: await response.text() };
        return response;
      },
    });
    const hasEnded = attempt.catch((error: unknown) => {
      cause = error;
    });
    // A fetch of the page's own may not listen to the signal.
    await Promise.race([hasEnded, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    signal.throwIfAborted();
    if (answer) {
      this.#clock.hear(answer.response.headers);
      return answer;
    }
    if (isBanksideError(cause, 'ABORTED')) throw cause; // paused
    throw queueError('NETWORK', 'The network failed', ask, started, {}, fetchFailure(cause));
  }

  async #headers(ask: Ask, started: number): Promise<Headers> {
    const { headers } = this.#settings;
    let given: HeadersInit | undefined;
    try {
      given = isFunction(headers) ? await headers() : headers;
    } catch {
      throw queueError('NETWORK', 'The function headers failed', ask, started);
    }
    return readHeaders('INVALID_OPTIONS', 'headers', given);
  }

  #checkPause(ask: Ask, started: number): void {
    if (this.#isPaused()) throw queueError('ABORTED', 'The poller was paused', ask, started);
  }

  /** An answer with an error status, or with a redirect. */
  #refused(ask: Ask, started: number, { status, type, headers }: Response): BanksideError<'HTTP'> {
    const isRedirect = type === 'opaqueredirect' || (status >= 300 && status < 400);
    const said = isRedirect ? 'a redirect, which is not followed' : `status ${status}`;
    const error = queueError('HTTP', `The server answered with ${said}`, ask, started, { status });
    // A date is the server's: by a page whose clock is an hour late, and that knows no better, it would wait an hour.
    const { isSure } = this.#clock;
    waits.set(error, retryAfter(headers, this.#clock.now() * 1000, isSure ? Infinity : QUEUE_LIFE) ?? 0);
    return error;
  }
}

/** The id at the end of a queue's address: absolute or relative, with a slash behind it or without. */
function idIn(location: string): string | undefined {
  const [, id] = /(?:^|\/)queues\/([^/?#]+)\/?(?:[?#]|$)/.exec(location) ?? [];
  try {
    return id && decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

/** An answer that is not what was asked for. */
function misread(ask: Ask, started: number, mismatch: MismatchDetails): BanksideError<'INVALID_RESPONSE'> {
  return queueError('INVALID_RESPONSE', misfit('answer', mismatch), ask, started, mismatch);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How long the server asked to wait before the next request, in ms. */
const waits = new WeakMap<AnyBanksideError, number>();

/** How long the answer that this error is about asked to wait, in ms. */
export function retryAfterOf(error: AnyBanksideError): number | undefined {
  return waits.get(error);
}
