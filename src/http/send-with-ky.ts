import type { KyInstance, Options } from 'ky';
import { orAbort } from '../abort.ts';
import { attempt, invalidOption } from '../check.ts';
import { errorName, redactedCause } from '../errors.ts';
import { type Fetch, fetchOptions } from './fetch-options.ts';
import { fetchFailure, invalidResponse, requestError, type StartedRequest } from './request-error.ts';
import { responseMisfit } from './response-misfit.ts';

/** What a server answered, with the whole body. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** When a request is retried. Pauses in ms. */
export interface RetryPolicy {
  /** How many retries there may be. */
  readonly limit: number;
  /** The longest pause before retry number `count`. */
  delay(count: number): number;
  /** The pause to make, given the longest one. */
  jitter(longest: number): number;
  /** Whether retry number `count` is sent after this response, or after none. */
  mayRetry(response: Response | undefined, count: number): boolean;
}

/** One request, with its token or without one. */
export interface KyRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly cache?: RequestCache | undefined;
  readonly signal: AbortSignal;
  /** Added after all hooks have run, so that no hook sees it. */
  readonly tokenHeader: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  /** Whether hooks of the page may read or replace the response. */
  readonly hasHooks: boolean;
  readonly retries?: RetryPolicy | undefined;
  /** Called before each attempt. What it throws ends the request. */
  onSend?(): void;
  /** Called after a 401: sends the request again, or resolves with `undefined`. */
  replay?(): Promise<Answer | undefined>;
  /** The request, for errors. */
  readonly sent: StartedRequest;
}

/** How many retries the hooks of the page's ky may ask for: as many as ky makes by default. */
const RETRIES_FOR_HOOKS = 2;

/**
 * Sends one request with ky, retries it, and replays it after a 401.
 *
 * An attempt includes the whole body: if the body breaks off, the network has failed. A hook of the page cannot send the
 * request to another address, because the token would go there too.
 */
export function sendWithKy(ky: KyInstance, request: KyRequest): Promise<Answer> {
  return new Attempts(ky, request).send();
}

class Attempts {
  readonly #ky: KyInstance;
  readonly #request: KyRequest;
  readonly #maxRetries: number;
  /** Aborts the attempt. */
  #signal: AbortSignal;
  #retryCount = 0;
  /** Whether the network failed in the last attempt. */
  #networkFailed = false;
  #answer: Answer | undefined;
  #replayed: Answer | undefined;
  /** An error of this package. It is kept here, since hooks of the page can throw errors that look the same. */
  #ownError: { readonly error: unknown } | undefined;

  constructor(ky: KyInstance, request: KyRequest) {
    this.#ky = ky;
    this.#request = request;
    this.#maxRetries = request.retries?.limit ?? 0;
    this.#signal = request.signal;
  }

  async send(): Promise<Answer> {
    const { url, signal, hasHooks } = this.#request;
    const message = hasHooks ? "A hook of the option 'ky' failed" : 'The request could not be made';
    try {
      const response: Response | undefined = await this.#ky(url, this.#options());
      const answer = this.#replayed ?? this.#answer;
      if (answer) return answer;
      if (response) return { response, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      if (this.#networkFailed) throw this.#networkError('The network failed', fetchFailure(error));
      if (this.#ownError) throw this.#ownError.error;
      // The error of a hook is not kept: it may quote a header or a body.
      throw this.#networkError(message, redactedCause(error));
    }
    throw this.#networkError(message);
  }

  #networkError(message: string, cause?: Error): Error {
    return requestError('NETWORK', message, this.#request.sent, {}, cause);
  }

  #options(): Options {
    const { method, headers, body, retries } = this.#request;
    return {
      method,
      headers,
      signal: this.#signal,
      ...(body !== undefined && { body }),
      fetch: (request, options) => this.#fetch(request as Request, options),
      retry: {
        limit: this.#maxRetries + RETRIES_FOR_HOOKS,
        methods: [method === 'GET' ? 'get' : 'post'],
        backoffLimit: Infinity,
        delay: (count) => retries?.delay(count) ?? 0,
        jitter: (longest) => retries?.jitter(longest) ?? longest,
        shouldRetry: () => this.#networkFailed && !this.#signal.aborted && this.#startRetry(),
      },
      hooks: { afterResponse: [(...args) => this.#afterResponse(args)] },
    };
  }

  async #fetch(request: Request, options: RequestInit | undefined): Promise<Response> {
    const { signal, tokenHeader, cache, hasHooks, fetch, onSend } = this.#request;
    await this.#keepError(() => this.#checkTarget(request));
    const init = { ...options, ...(await fetchOptions(request, tokenHeader)) };
    // A hook may have made a new `Request`, which does not have the signal of this one.
    if (hasHooks) this.#signal = anyOf(signal, request.signal);
    this.#signal.throwIfAborted(); // hooks may have taken long
    await this.#keepError(() => onSend?.());
    this.#signal.throwIfAborted(); // `onSend` may have aborted it
    this.#networkFailed = true; // until the whole body is here
    // Set on the options, not on the `Request`: there, polyfills add it to the address.
    try {
      const sent = fetch(request.url, { ...init, ...(cache && { cache }), signal: this.#signal });
      const response = await this.#receive(await orAbort(sent, this.#signal));
      this.#networkFailed = false;
      return response;
    } catch (thrown) {
      throw isReadable(thrown) ? thrown : fetchFailure(thrown);
    }
  }

  /** Waits for the whole body, so that an answer that breaks off fails the attempt. */
  async #receive(response: Response): Promise<Response> {
    const { hasHooks } = this.#request;
    await this.#checkReturned(responseMisfit(response, hasHooks));
    if (hasHooks) {
      await this.#readBody(response, 'clone()', () => response.clone().arrayBuffer());
      return response; // hooks can still read it
    }
    const text = await this.#readBody(response, 'text()', () => response.text());
    await this.#checkReturned(typeof text === 'string' ? undefined : 'an object whose text() is no string');
    this.#answer = { response, text };
    return new Response(); // nobody reads it, and a copy of the answer takes time
  }

  /**
   * Reads a body. If it breaks off, the network has failed. A body that was read before, or whose function throws a TypeError at
   * once, is of a `fetch` that was replaced.
   */
  async #readBody<T>(response: Response, name: string, read: () => Promise<T>): Promise<T> {
    const wasRead = attempt(() => response.bodyUsed) === true;
    let body: Promise<T> | undefined;
    try {
      body = read();
      return await body;
    } catch (error) {
      if (wasRead)
        await this.#checkReturned('a Response that was read before: return a new one for each call');
      if (!body && errorName(error) === 'TypeError')
        await this.#checkReturned(`an object whose ${name} throws`);
      throw error;
    }
  }

  async #afterResponse(
    args: readonly unknown[],
  ): Promise<Response | ReturnType<KyInstance['retry']> | undefined> {
    this.#request.signal.throwIfAborted(); // hooks may have taken long
    const context = readHookContext(args);
    const response = this.#answer?.response ?? context.response;
    if (response.status === 401) {
      this.#replayed = await this.#keepError(() => this.#request.replay?.());
      if (this.#replayed) return this.#replayed.response;
    }
    const mayRetry = context.retryCount < this.#maxRetries + RETRIES_FOR_HOOKS;
    return mayRetry && this.#startRetry(response) ? this.#ky.retry() : undefined;
  }

  /** Decides whether to retry, after this response or after none, and counts the retry. */
  #startRetry(response?: Response): boolean {
    const count = this.#retryCount + 1;
    if (count > this.#maxRetries || !this.#request.retries?.mayRetry(response, count)) return false;
    this.#retryCount = count;
    this.#networkFailed = false;
    return true;
  }

  /** The network has not failed if `fetch` returned something that is no response: a retry would not help. */
  async #checkReturned(misfit: string | undefined): Promise<void> {
    if (misfit === undefined) return;
    this.#networkFailed = false;
    const expected = 'a Response, such as new Response(JSON.stringify(reply))';
    await this.#keepError(() => {
      throw invalidResponse('what fetch returned', this.#request.sent, expected, misfit);
    });
  }

  async #keepError<T>(run: () => T | Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      this.#ownError = { error };
      throw error;
    }
  }

  #checkTarget({ url, method }: Request): void {
    if (url === this.#request.url.href && method === this.#request.method) return;
    const expected = 'an instance whose hooks do not change the address or the method of a request';
    throw invalidOption('ky', expected, 'one that changes them');
  }
}

/** Whether ky can look at what was thrown: it asks for its class, and a proxy may throw at that. */
function isReadable(thrown: unknown): boolean {
  return attempt(() => thrown instanceof Error) !== undefined;
}

/** A signal that aborts with either of them. Without `AbortSignal.any`, an older engine uses the first alone. */
function anyOf(one: AbortSignal, other: AbortSignal): AbortSignal {
  return 'any' in AbortSignal ? AbortSignal.any([one, other]) : one;
}

/** ky 1 calls a hook with four arguments, ky 2 with one object. */
function readHookContext(args: readonly unknown[]): {
  readonly response: Response;
  readonly retryCount: number;
} {
  const [first, , response, state] = args;
  return (args.length > 1 ? { response, ...(state as object) } : first) as ReturnType<typeof readHookContext>;
}
