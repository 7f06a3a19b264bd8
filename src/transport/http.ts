import { attempt } from '../attempt.ts';
import { type AnyBanksideError, invalid } from '../errors.ts';
import type { Repeats } from '../http/attempts.ts';
import type { Answer } from '../http/exchange.ts';
import { headersFor, readHeaders } from '../http/read-headers.ts';
import { refusalOf } from '../http/refusal.ts';
import { retryAfter } from '../http/retry-after.ts';
import { isFunction } from '../is-function.ts';
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

/** One request, and what it needs on its way. */
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
  const body = typeof request.body === 'string' ? request.body : toJson(request.body);
  let count = 0;
  const tell: Outgoing['tell'] = (state, status, retryIn) => {
    if (state === 'sent') count += 1;
    tellAttempt?.({ state, count, status, retryIn });
  };
  const outgoing = { ...settings, request, started: now(), signal, deadline, body, tell };
  const url = settings.endpoints[request.server];
  if (!url) {
    throw requestError('NO_ENDPOINT', `No address is known: set endpoints.${request.server}`, outgoing);
  }
  const answer = await settings.client.send({
    url,
    method: 'POST',
    body,
    signal,
    defaults: widgetHeaders(request),
    headers: () => headersOf(outgoing),
    repeats: repeatsOf(outgoing),
    asking: (status) => tell('token', status),
    sending: () => tell('sent'),
    failed: (message, cause) => requestError('NETWORK', message, outgoing, {}, cause),
  });
  if (answer.response.ok) return answer.text;
  throw refusal(answer, outgoing);
}

/** The page's headers for a request. */
function headersOf({ headers, request, body }: Outgoing): Promise<Headers> {
  // The widget may have changed its object since, and what is signed is to be what is sent.
  const isSigned = isFunction(headers) && typeof request.body !== 'string';
  const sent = isSigned ? { ...request, body: JSON.parse(body) } : request;
  const failed = () =>
    invalid('INVALID_OPTIONS', 'headers', 'a function that does not throw', 'one that threw');
  return headersFor(headers, failed, sent);
}

/** What is safe to repeat is repeated within the request's time. */
function repeatsOf({ request: { type = '' }, retry, deadline, tell }: Outgoing): Repeats {
  const isSafe = type !== '' && retry.types.some((pattern) => matches(pattern, type));
  let status: number | undefined;
  /** How long the server asks to wait, in ms. */
  let asked = 0;
  return {
    limit: isSafe ? retry.limit : 0,
    delay: longestPause,
    jitter(longest) {
      const pause = Math.max(longest * (0.5 + Math.random() / 2), asked);
      tell('retry', status, pause);
      asked = 0; // a hook of the page's may ask for the next repeat
      status = undefined;
      return pause;
    },
    mayRepeat(response, count) {
      status = response?.status;
      asked = (response && retryAfter(response.headers)) ?? 0;
      const isTransient = status === undefined || RETRIED.includes(status);
      return isTransient && Math.max(longestPause(count), asked) < deadline - now();
    },
  };
}

/** In ms: 0.4 s, 0.8 s, … Between half and all of it is waited, so that the clients of a server that was down do not all come back at once. */
function longestPause(count: number): number {
  return 200 * 2 ** count;
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
