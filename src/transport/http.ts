import { attempt } from '../attempt.ts';
import { type AnyBanksideError, invalid } from '../errors.ts';
import { type Answer, exchange } from '../http/exchange.ts';
import { headersFor, readHeaders } from '../http/read-headers.ts';
import { refusalOf } from '../http/refusal.ts';
import { retryAfter } from '../http/retry-after.ts';
import { sendWithToken } from '../http/send-with-token.ts';
import { sleep } from '../http/sleep.ts';
import { isFunction } from '../is-function.ts';
import { LONGEST_TIMER } from '../longest-timer.ts';
import { now } from '../now.ts';
import { type HttpSettings, type HttpTransportOptions, readHttpOptions } from './http-options.ts';
import { toJson } from './to-json.ts';
import {
  type RequestAttempt,
  requestError,
  type SentRequest,
  type Transport,
  type TransportContext,
  type WidgetRequest,
  withErrorReply,
} from './transport.ts';
import { allowedHeaders } from './widget-headers.ts';

const RETRIED = [408, 429, 502, 503, 504];

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
  /** Says what it does now, after what answer. */
  tell(state: RequestAttempt['state'], status?: number, retryIn?: number): void;
}

async function carry(
  settings: HttpSettings,
  request: WidgetRequest,
  { signal, deadline, attempt: tellAttempt }: TransportContext,
): Promise<string> {
  const { endpoints, authToken } = settings;
  const body = typeof request.body === 'string' ? request.body : toJson(request.body);
  let count = 0;
  const tell: Outgoing['tell'] = (state, status, retryIn) => {
    if (state === 'sent') count += 1;
    tellAttempt?.({ state, count, status, retryIn });
  };
  const outgoing = { ...settings, request, started: now(), signal, deadline, body, tell };
  const endpoint = endpoints[request.server];
  if (!endpoint) {
    throw requestError('NO_ENDPOINT', `No address is known: set endpoints.${request.server}`, outgoing);
  }
  const answer = await sendWithToken(
    authToken,
    signal,
    (token) => post(endpoint, outgoing, token),
    (message, cause) => requestError('NETWORK', message, outgoing, {}, cause),
    (status) => tell('token', status),
  );
  if (answer.response.ok) return answer.text;
  throw refusal(answer, outgoing);
}

/** One POST, repeated where that is safe. Resolves with whatever the server answered. */
async function post(endpoint: URL, outgoing: Outgoing, token: string | undefined): Promise<Answer> {
  const { request, body, signal, headers, credentials, fetch } = outgoing;
  const merged = widgetHeaders(request);
  const own = await headersFor(
    headers,
    () => invalid('INVALID_OPTIONS', 'headers', 'a function that does not throw', 'one that threw'),
    // The widget may have changed its object since, and what is signed is to be what is sent.
    isFunction(headers) && typeof request.body !== 'string'
      ? { ...request, body: JSON.parse(body) }
      : request,
  );
  for (const [name, value] of own) merged.set(name, value);
  if (token) merged.set('authToken', token);
  outgoing.tell('sent');
  return exchange(endpoint, {
    method: 'POST',
    headers: merged,
    body,
    signal,
    credentials,
    fetch,
    mayRepeat: (response, count) => mayRepeat(outgoing, response, count),
  });
}

/** Waits as long as it takes before a repeat, if there is to be one. */
async function mayRepeat(
  { request: { type }, retry, signal, deadline, tell }: Outgoing,
  response: Response | undefined,
  count: number,
): Promise<boolean> {
  if (count > retry.limit) return false;
  if (type === undefined || !retry.types.some((pattern) => matches(pattern, type))) return false;
  if (response && !RETRIED.includes(response.status)) return false;
  const wait = pauseBefore(count, response);
  if (wait >= Math.min(deadline - now(), LONGEST_TIMER)) return false;
  tell('retry', response?.status, wait);
  const isDue = await sleep(wait, signal);
  if (isDue) tell('sent');
  return isDue;
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
  const [code, message] = refusalOf(status);
  const error = requestError(code, message, sent, { status }) as AnyBanksideError;
  const response = attempt(() => JSON.parse(text));
  // With a status of 200 in it, shipped widgets take it for a success.
  const isFailure = response?.ok === false && Number(response.status) !== 200;
  return withErrorReply(error, isFailure ? { response, text } : undefined);
}

function widgetHeaders({ headers }: WidgetRequest): Headers {
  const read = readHeaders(allowedHeaders(headers), 'requestHeaders', 'INVALID_CALL');
  if (!read.has('content-type')) read.set('content-type', 'application/json');
  return read;
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
