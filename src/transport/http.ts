import ky from 'ky';
import { attempt } from '../attempt.ts';
import { type AnyBanksideError, check, isBanksideError } from '../errors.ts';
import { fetchFailure } from '../http/fetch-failure.ts';
import { readHeaders } from '../http/read-headers.ts';
import { retryAfter } from '../http/retry-after.ts';
import { sleep } from '../http/sleep.ts';
import { LONGEST_TIMER } from '../longest-timer.ts';
import { type HttpSettings, type HttpTransportOptions, readHttpOptions } from './http-options.ts';
import {
  requestError,
  type SentRequest,
  type Transport,
  type TransportContext,
  type WidgetRequest,
  withErrorReply,
} from './transport.ts';

/** What the widget may not set: they would name another user, or another server. */
const NOT_THE_WIDGETS = /^(authtoken|authorization|cookie|host)$/i;
const RETRIED = [408, 429, 502, 503, 504];

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
  return { send: (request, context) => carry(settings, request, context) };
}

/** One request, and all that its attempts have in common. */
interface Outgoing extends HttpSettings, SentRequest, TransportContext {
  readonly body: string;
}

async function carry(
  settings: HttpSettings,
  request: WidgetRequest,
  { signal, deadline }: TransportContext,
): Promise<string> {
  const { endpoints, authToken } = settings;
  const body = serialise(request);
  const outgoing = { ...settings, request, started: performance.now(), signal, deadline, body };
  const endpoint = endpoints[request.server];
  if (!endpoint) {
    throw requestError('NO_ENDPOINT', `No address is known: set endpoints.${request.server}`, outgoing);
  }
  let token = await given(authToken?.get(signal), outgoing);
  let answer = await post(endpoint, outgoing, token);
  if (token && answer.response.status === 401) {
    token = await given(authToken?.replace(token, signal), outgoing);
    if (token) answer = await post(endpoint, outgoing, token);
  }
  if (answer.response.ok) return answer.text;
  throw refusal(answer, outgoing);
}

/** What the page's function throws instead of a token is not kept: it may quote a token, a header or a body. */
async function given(
  token: Promise<string | undefined> | undefined,
  outgoing: Outgoing,
): Promise<string | undefined> {
  try {
    return await token;
  } catch (error) {
    outgoing.signal.throwIfAborted();
    throw isBanksideError(error) ? error : requestError('NETWORK', 'The function authToken failed', outgoing);
  }
}

/** One POST, repeated where that is safe. Resolves with whatever the server answered. */
async function post(endpoint: URL, outgoing: Outgoing, token: string | undefined): Promise<Answer> {
  const { request, body, signal, headers, retry, credentials, fetch } = outgoing;
  const merged = widgetHeaders(request);
  (await headers(request)).forEach((value, name) => {
    merged.set(name, value);
  });
  if (token) merged.set('authToken', token);
  let answer = undefined as Answer | undefined;
  let cause: unknown;
  signal.throwIfAborted(); // it may have taken long to get here
  const attempts = ky.post(endpoint, {
    body,
    headers: merged,
    redirect: 'manual',
    signal,
    timeout: false, // the bridge's, which ends in the signal
    ...(credentials && { credentials }),
    // The whole body belongs to the attempt: an answer that breaks off is a failure of the network like any
    // other.
    fetch: async (whole) => {
      answer = undefined;
      const response = await (fetch ?? globalThis.fetch)(whole);
      answer = { response, text: await response.text() };
      return response;
    },
    retry: {
      limit: retry.limit,
      methods: ['post'],
      shouldRetry: ({ retryCount }) => mayRepeat(outgoing, answer?.response, retryCount),
      delay: () => 0, // it has been waited for already
    },
  });
  await attempts.catch((error: unknown) => {
    cause = error; // of an error status too, which is an answer here
  });
  if (answer) return answer;
  signal.throwIfAborted();
  throw requestError('NETWORK', 'The network failed', outgoing, {}, fetchFailure(cause));
}

/** Waits as long as it takes before a repeat, if there is to be one. */
async function mayRepeat(
  { request: { type }, retry, signal, deadline }: Outgoing,
  response: Response | undefined,
  count: number,
): Promise<boolean> {
  if (type === undefined || !retry.types.some((pattern) => matches(pattern, type))) return false;
  if (response && !RETRIED.includes(response.status)) return false;
  const wait = pauseBefore(count, response);
  return wait < Math.min(deadline - performance.now(), LONGEST_TIMER) && sleep(wait, signal);
}

/**
 * In ms: between half and all of 0.4 s, 0.8 s, …, so that the clients of a server that was down do not all
 * come back at once; or as long as the server asks.
 */
function pauseBefore(count: number, response: Response | undefined): number {
  const backoff = 200 * 2 ** count * (0.5 + Math.random() / 2);
  return Math.max(backoff, (response && retryAfter(response.headers)) ?? 0);
}

/** An error answer that is itself a reply reaches the widget all the same. */
function refusal({ response: { status }, text }: Answer, sent: SentRequest): AnyBanksideError {
  // A redirect that a browser hides has the status 0.
  const said = status < 400 ? 'a redirect, which is not followed' : `status ${status}`;
  const error =
    status === 401
      ? requestError('UNAUTHORIZED', 'The server refused the token', sent, { status })
      : requestError('HTTP', `The server answered with ${said}`, sent, { status });
  const reply = attempt(() => JSON.parse(text));
  return withErrorReply(error, reply?.ok === false ? reply : undefined);
}

function widgetHeaders({ headers }: WidgetRequest): Headers {
  const allowed = Object.entries(headers).filter(([name]) => !NOT_THE_WIDGETS.test(name));
  const read = readHeaders('INVALID_CALL', 'requestHeaders', allowed);
  if (!read.has('content-type')) read.set('content-type', 'application/json');
  return read;
}

/** What the engine says of a body that is none names its fields. */
function serialise({ body }: WidgetRequest): string {
  const text = typeof body === 'string' ? body : attempt(() => JSON.stringify(body));
  check(text !== undefined, 'INVALID_CALL', 'send', 'a body that can be written as JSON', body);
  return text as string;
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
