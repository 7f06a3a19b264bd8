import { checkRequestClass } from './request-class.ts';

// Below: ky cannot even be loaded on a page that has another `Request`, and that is to be told in plain words.

import pristine, { type KyInstance, type Options } from 'ky';
import { orAbort } from '../abort.ts';
import type { CredentialSource } from '../credential.ts';
import { isBanksideError } from '../errors.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import type { PageOptions } from './client-options.ts';
import { type Answer, type Exchange, exchange } from './exchange.ts';
import type { Fetch } from './fetch-options.ts';
import { readHeaders } from './headers.ts';

/** How a client sends. */
export interface ClientOptions extends PageOptions {
  /** `undefined`: requests get no token. */
  readonly credential: CredentialSource | undefined;
  /** The header that a token travels in. */
  tokenHeader(token: string): Exchange['tokenHeader'];
}

/** One request of a client's. */
export interface HttpRequest
  extends Pick<Exchange, 'url' | 'method' | 'body' | 'cache' | 'signal' | 'repeats' | 'sending' | 'failed'> {
  /** Headers that give way to all others. */
  readonly defaults?: Headers;
  /** Further headers. Asked before it is sent, and before it is sent again with a fresh token. */
  headers(): Promise<Headers>;
  /** A token is asked for; `status`: of the answer that rejected the last one. */
  asking?(status?: 401): void;
}

/**
 * The page's own instance cannot change these. An error status is an answer. The bridge and the poller have time limits of
 * their own. The body goes out as it is, to the address as it is. With `no-cors`, a browser would drop the headers.
 */
const RULES = {
  throwHttpErrors: false,
  timeout: false,
  totalTimeout: undefined, // of ky 2
  redirect: 'manual',
  mode: 'cors',
  body: undefined,
  json: undefined,
  searchParams: undefined,
  onDownloadProgress: undefined,
  onUploadProgress: undefined,
  // `undefined` makes ky forget what the page's instance says, though its types do not name it.
} as unknown as Options;

/**
 * HTTP for the transport and for the queue, on ky. A request gets a token. A 401 asks once more, saying which token was
 * rejected, and sends again with the fresh one.
 */
export class HttpClient {
  readonly #options: ClientOptions;
  readonly #ky: KyInstance;
  /** Those of the page's ky. */
  #headers: Headers = new Headers();
  #fetch: Fetch | undefined;

  constructor(options: ClientOptions) {
    const { ky = pristine, fetch, credentials } = options;
    this.#options = options;
    this.#ky = (ky as KyInstance).extend((page) => {
      this.#headers = readHeaders(page.headers as HeadersInit | undefined, 'ky');
      this.#fetch = fetch ?? (page.fetch && asKyCalls(page.fetch));
      return { ...RULES, ...(credentials && { credentials }) };
    });
  }

  /**
   * Resolves with whatever the server answered at last, an error status and a second 401 too. Rejects with the signal's
   * reason, with an error of this package, or with what `failed` makes of any other.
   */
  async send(request: HttpRequest): Promise<Answer> {
    const leave = this.#options.credential?.enter();
    try {
      return await orAbort(this.#send(request), request.signal);
    } finally {
      leave?.();
    }
  }

  /**
   * Nothing of the user is left: what is known of tokens, a running ask, a fixed token. A function is asked again, where a
   * request comes after that; a fixed token ends the request with `INVALID_OPTIONS`.
   */
  forget(): void {
    this.#options.credential?.forget();
    forgetLastMatch();
  }

  async #send(request: HttpRequest): Promise<Answer> {
    checkRequestClass();
    const { credential } = this.#options;
    if (!credential) return this.#sendWith(undefined, request);
    const { signal } = request;
    signal.throwIfAborted();
    request.asking?.();
    const token = await tokenOf(credential.get(signal), request);
    return this.#sendWith(token, request, async () => {
      request.asking?.(401);
      const fresh = await tokenOf(credential.replace(token, signal), request);
      return fresh === undefined ? undefined : this.#sendWith(fresh, request);
    });
  }

  async #sendWith(
    token: string | undefined,
    request: HttpRequest,
    replay?: Exchange['replay'],
  ): Promise<Answer> {
    request.signal.throwIfAborted();
    const headers = new Headers(request.defaults);
    for (const [name, value] of this.#headers) headers.set(name, value);
    for (const [name, value] of await request.headers()) headers.set(name, value);
    const tokenHeader = token === undefined ? {} : this.#options.tokenHeader(token);
    const fetch = this.#fetch ?? globalThis.fetch;
    const hasHooks = this.#options.ky !== undefined;
    return exchange(this.#ky, {
      ...request,
      headers,
      tokenHeader,
      fetch,
      hasHooks,
      ...(replay && { replay }),
    });
  }
}

/** The `fetch` of the page's ky is written for a `Request`. */
function asKyCalls(fetch: NonNullable<Options['fetch']>): Fetch {
  return (address, options) => fetch(new Request(address, options));
}

/** What the page's function throws has been replaced by its kind: an error of this package is one that says what is no token. */
async function tokenOf<T>(asked: Promise<T>, { signal, failed }: HttpRequest): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    signal.throwIfAborted();
    throw isBanksideError(error) ? error : failed('The token function failed', error);
  }
}
