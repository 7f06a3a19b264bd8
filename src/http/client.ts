import { checkClasses, checkPlatform } from './check-platform.ts';

// Above all other imports: where a page has replaced `Request`, ky fails while it loads. This check says why in plain words.

import pristine, { type KyInstance, type Options } from 'ky';
import { orAbort } from '../abort.ts';
import { checkOption, isFunction } from '../check.ts';
import type { CredentialSource } from '../credential.ts';
import { isBanksideError } from '../errors.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import type { Fetch } from './fetch-options.ts';
import { readHeaders } from './headers.ts';
import { requestError } from './request-error.ts';
import { type Answer, type KyRequest, sendWithKy } from './send-with-ky.ts';

/** An instance of ky, from any copy on the page: 1.14 or later, or ky 2. */
export interface KyLike {
  (...given: never[]): unknown;
  /** Makes another instance of it. */
  readonly extend: (...given: never[]) => unknown;
  /** Asks for a retry, in a hook. */
  readonly retry: (...given: never[]) => unknown;
}

/** The options of a page about how requests are sent. */
interface PageOptions {
  /** The page's own ky: its hooks and headers are used. */
  readonly ky: KyLike | undefined;
  /** Sends the requests, instead of the `fetch` of the page's ky or of the page. */
  readonly fetch: Fetch | undefined;
  readonly credentials: RequestCredentials | undefined;
}

/** How a client sends. */
export interface ClientOptions extends PageOptions {
  /** `undefined`: requests get no token. */
  readonly credential: CredentialSource | undefined;
  /** The header for a token. */
  tokenHeader(token: string): KyRequest['tokenHeader'];
}

/** One request of a client. */
export interface HttpRequest
  extends Pick<KyRequest, 'url' | 'method' | 'body' | 'cache' | 'signal' | 'retries' | 'onSend' | 'sent'> {
  /** Headers that all others override. */
  readonly defaults?: Headers;
  /** Further headers. Called before the request is sent, and again before it is replayed with a fresh token. */
  headers(): Promise<Headers>;
  /** Called before a token is asked for. `status` is that of the response that rejected the last token. */
  onTokenRequest?(status?: 401): void;
}

/**
 * Options that the page's own ky cannot change. An error status is an answer. The bridge and the poller have their own time
 * limits. The body and the address are sent unchanged. With `no-cors`, a browser would drop the headers.
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
  // `undefined` removes what the page's instance sets, though ky's types do not allow it.
} as unknown as Options;

/** @throws INVALID_OPTIONS */
export function checkPageOptions({ credentials, fetch, ky }: PageOptions): void {
  checkClasses();
  const modes = [undefined, 'omit', 'same-origin', 'include'];
  checkOption(modes.includes(credentials), 'credentials', "'omit', 'same-origin' or 'include'", credentials);
  checkOption(fetch === undefined || isFunction(fetch), 'fetch', 'a function', fetch);
  // In older versions, a hook cannot ask for a retry.
  const isInstance = ky === undefined || (isFunction(ky?.extend) && isFunction(ky?.retry));
  checkOption(isInstance, 'ky', 'an instance of ky 1.14 or later', ky);
}

/**
 * HTTP for the transport and for the queue, on ky. Each request gets a token. After a 401, the client asks for a fresh token,
 * says which one was rejected, and replays the request once.
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
      this.#fetch = fetch ?? (page.fetch && withRequest(page.fetch));
      return { ...RULES, ...(credentials && { credentials }) };
    });
  }

  /**
   * Resolves with the server's last answer, also with an error status or a second 401. Rejects with the signal's reason, with
   * an error of this package, or with a `NETWORK` error for any other.
   */
  async send(request: HttpRequest): Promise<Answer> {
    const end = this.#options.credential?.startRequest();
    try {
      return await orAbort(this.#send(request), request.signal);
    } finally {
      end?.();
    }
  }

  /**
   * Forgets everything of the user: known tokens, a token request in flight, a fixed token. A later request asks a token
   * function again; with a fixed token, it fails with `INVALID_OPTIONS`.
   */
  forget(): void {
    this.#options.credential?.forget();
    forgetLastMatch();
  }

  async #send(request: HttpRequest): Promise<Answer> {
    checkPlatform(this.#fetch ?? globalThis.fetch);
    const { credential } = this.#options;
    if (!credential) return this.#sendWith(undefined, request);
    const { signal } = request;
    signal.throwIfAborted();
    request.onTokenRequest?.();
    const token = await tokenOf(credential.get(signal), request);
    return this.#sendWith(token, request, async () => {
      request.onTokenRequest?.(401);
      const fresh = await tokenOf(credential.replace(token, signal), request);
      return fresh === undefined ? undefined : this.#sendWith(fresh, request);
    });
  }

  async #sendWith(
    token: string | undefined,
    request: HttpRequest,
    replay?: KyRequest['replay'],
  ): Promise<Answer> {
    request.signal.throwIfAborted();
    const headers = new Headers(request.defaults);
    for (const [name, value] of this.#headers) headers.set(name, value);
    for (const [name, value] of await request.headers()) headers.set(name, value);
    return sendWithKy(this.#ky, {
      ...request,
      headers,
      tokenHeader: token === undefined ? {} : this.#options.tokenHeader(token),
      fetch: this.#fetch ?? globalThis.fetch,
      hasHooks: this.#options.ky !== undefined,
      ...(replay && { replay }),
    });
  }
}

/** ky calls the `fetch` of its options with a `Request`. */
function withRequest(fetch: NonNullable<Options['fetch']>): Fetch {
  return (address, options) => fetch(new Request(address, options));
}

/** Keeps an error of this package: the token is not valid. Any other error is already redacted: the page's function threw it. */
async function tokenOf<T>(token: Promise<T>, { signal, sent }: HttpRequest): Promise<T> {
  try {
    return await token;
  } catch (error) {
    signal.throwIfAborted();
    throw isBanksideError(error)
      ? error
      : requestError('NETWORK', 'The token function failed', sent, {}, error);
  }
}
