import ky from 'ky';
import { type AnyBanksideError, invalid, isBanksideError } from '../errors.ts';
import { retryAfter } from '../http/retry-after.ts';
import { sleep } from '../http/sleep.ts';
import { type HttpSettings, type HttpTransportOptions, readHttpOptions } from './http-options.ts';
import {
  requestError,
  type Transport,
  type TransportContext,
  type WidgetRequest,
  withErrorReply,
} from './transport.ts';

/** What the widget may not set: they would name another user, or another server. */
const NOT_THE_WIDGETS = /^(authtoken|authorization|cookie|host)$/i;
const RETRIED = [408, 429, 502, 503, 504];
/** In ms: setTimeout takes no more. */
const LONGEST_WAIT = 2 ** 31 - 1;

interface Answer {
  readonly response: Response;
  readonly text: string;
}

/**
 * Carries requests over HTTPS: one POST each, with the user's token as header `authToken`, to the endpoint of
 * its server.
 *
 * 1. A token is asked for; a 401 asks once more, saying which token was rejected, and the request is replayed
 *    with the fresh one. A second 401 is `UNAUTHORIZED`.
 * 2. What is safe to repeat is repeated when the network fails or the server is overloaded, within the
 *    request's time.
 * 3. Redirects are not followed: they would carry the token to another address.
 * 4. No error holds a token, a header or a body. An error answer that is itself a reply (`ok: false`) reaches
 *    the widget all the same.
 *
 * @throws BanksideError `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import { httpTransport } from 'bankside';
 *
 * const transport = httpTransport({
 *   endpoints: { pserver: 'https://api.bank.example/pserver/execute' },
 *   authToken: async ({ rejected }) => {
 *     const path = rejected ? '/session/token?fresh' : '/session/token';
 *     const response = await fetch(path, { method: 'POST' });
 *     if (!response.ok) throw new Error(`Status ${response.status}`);
 *     return response.text();
 *   },
 *   headers: { bankId: '42' },
 * });
 * ```
 */
export function httpTransport(options: HttpTransportOptions): Transport {
  const settings = readHttpOptions(options);
  return { send: (request, context) => new HttpSend(settings, request, context).run() };
}

/** The life of one request on this transport. */
class HttpSend {
  readonly request: WidgetRequest;
  readonly started: number = performance.now();
  readonly #settings: HttpSettings;
  readonly #context: TransportContext;

  constructor(settings: HttpSettings, request: WidgetRequest, context: TransportContext) {
    this.request = request;
    this.#settings = settings;
    this.#context = context;
  }

  async run(): Promise<string> {
    const { authToken, endpoints } = this.#settings;
    const { signal } = this.#context;
    const endpoint = endpoints[this.request.server];
    if (!endpoint) {
      throw requestError('NO_ENDPOINT', `No address is known: set endpoints.${this.request.server}`, this);
    }
    const body = serialise(this.request);
    let token = authToken && (await this.#ask(authToken.get(signal)));
    let answer = await this.#post(endpoint, body, token);
    if (authToken && token !== undefined && answer.response.status === 401) {
      token = await this.#ask(authToken.replace(token, signal));
      if (token !== undefined) answer = await this.#post(endpoint, body, token);
    }
    if (answer.response.ok) return answer.text;
    throw this.#refused(answer);
  }

  /** One POST, repeated where that is safe. Resolves with whatever the server answered. */
  async #post(endpoint: URL, body: string, token: string | undefined): Promise<Answer> {
    const headers = await this.#headers(token);
    const { retry, credentials, fetch = globalThis.fetch } = this.#settings;
    let answer = undefined as Answer | undefined;
    let cause: unknown;
    this.#context.signal.throwIfAborted(); // it may have taken long to get here
    const attempts = ky.post(endpoint, {
      body,
      headers,
      redirect: 'manual',
      signal: this.#context.signal,
      timeout: false, // the bridge's, which ends in the signal
      ...(credentials && { credentials }),
      // The whole body belongs to the attempt: an answer that breaks off is a failure of the network like any
      // other.
      fetch: async (request) => {
        answer = undefined;
        const response = await fetch(request);
        answer = { response, text: await response.text() };
        return response;
      },
      retry: {
        limit: retry.limit,
        methods: ['post'],
        shouldRetry: ({ retryCount }) => this.#mayRepeat(answer?.response, retryCount),
        delay: () => 0, // it has been waited for already
      },
    });
    await attempts.catch((error: unknown) => {
      cause = error; // of an error status too, which is an answer here
    });
    if (!answer) {
      this.#context.signal.throwIfAborted();
      throw requestError('NETWORK', 'The network failed', this, {}, kindOf(cause));
    }
    return answer;
  }

  /** Waits as long as it takes before a repeat, if there is to be one. */
  async #mayRepeat(response: Response | undefined, count: number): Promise<boolean> {
    const { signal, deadline } = this.#context;
    const { type } = this.request;
    const isSafe = type !== undefined && this.#settings.retry.types.some((pattern) => matches(pattern, type));
    if (!isSafe || (response && !RETRIED.includes(response.status))) return false;
    // Between half and all of 0.4 s, 0.8 s, …, so that the clients of a server that was down do not all come
    // back at once.
    const backoff = 200 * 2 ** count * (0.5 + Math.random() / 2);
    const wait = Math.max(backoff, (response && retryAfter(response.headers)) ?? 0);
    return wait < Math.min(deadline - performance.now(), LONGEST_WAIT) && sleep(wait, signal);
  }

  async #headers(token: string | undefined): Promise<Headers> {
    const headers = new Headers({ 'content-type': 'application/json' });
    for (const [name, value] of Object.entries(this.request.headers)) {
      if (!NOT_THE_WIDGETS.test(name)) setWidgetHeader(headers, name, value);
    }
    (await this.#settings.headers(this.request)).forEach((value, name) => {
      headers.set(name, value);
    });
    if (token !== undefined) headers.set('authToken', token);
    return headers;
  }

  /**
   * Asks for a token. What the page's function throws is not kept: it may quote a token, a header or a body.
   */
  async #ask(token: Promise<string | undefined>): Promise<string | undefined> {
    try {
      return await token;
    } catch (error) {
      this.#context.signal.throwIfAborted();
      throw isBanksideError(error) ? error : requestError('NETWORK', 'The function authToken failed', this);
    }
  }

  #refused({ response, text }: Answer): AnyBanksideError {
    const { status } = response;
    const isRedirect = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
    const said = isRedirect ? 'a redirect, which is not followed' : `status ${status}`;
    const error =
      status === 401
        ? requestError('UNAUTHORIZED', 'The server refused the token', this, { status })
        : requestError('HTTP', `The server answered with ${said}`, this, { status });
    const reply = parseErrorReply(text);
    return reply ? withErrorReply(error, reply) : error;
  }
}

function serialise({ body }: WidgetRequest): string {
  if (typeof body === 'string') return body;
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch {
    // What the engine says names the body's fields.
  }
  if (text === undefined) throw invalid('INVALID_CALL', 'send', 'a body that can be written as JSON', [body]);
  return text;
}

/**
 * What fetch rejected with, without its words: whoever has wrapped it may have put the whole request into
 * them.
 */
function kindOf(error: unknown): Error {
  const kind =
    error instanceof TypeError ? 'a TypeError, as for a failing network, CORS or CSP' : 'another error';
  return new Error(`fetch rejected with ${kind}`);
}

function setWidgetHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    throw invalid('INVALID_CALL', 'requestHeaders', 'names and values that HTTP allows', 'others');
  }
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/** An error answer that is itself a reply for the widget. */
function parseErrorReply(text: string): unknown {
  try {
    const reply = JSON.parse(text);
    return reply?.ok === false ? reply : undefined;
  } catch {
    return undefined;
  }
}
