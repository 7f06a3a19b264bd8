import { onAbort } from '../../abort.ts';
import { attempt, invalidOption, isFunction } from '../../check.ts';
import type { AnyBanksideError } from '../../errors.ts';
import { insecureOrigin } from '../../http/endpoint.ts';
import { headersFor } from '../../http/headers.ts';
import { requestError, type StartedRequest, statusError } from '../../http/request-error.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { Answer, RetryPolicy } from '../../http/send-with-ky.ts';
import { passingHeaders } from '../../http/widget-headers.ts';
import { sentType } from '../../text/sent-type.ts';
import { toJson } from '../../text/stringify.ts';
import { now } from '../../time.ts';
import {
  type DisposableTransport,
  disposable,
  type RequestAttempt,
  type TransportContext,
  type WidgetRequest,
  withErrorReply,
} from '../transport.ts';
import { type HttpSettings, type HttpTransportOptions, readHttpOptions } from './http-options.ts';

const RETRIED_STATUSES = [408, 429, 502, 503, 504];

/**
 * Sends requests over HTTPS: one POST each, with the user's token in the header `authToken`, to the endpoint of its server.
 *
 * 1. It asks for a token. After a 401 it asks again, says which token was rejected, and replays the request with the fresh one.
 *    A second 401 is `UNAUTHORIZED`.
 * 2. Requests that are safe to repeat are retried, within their timeout, when the network fails or the server is overloaded.
 * 3. Redirects are not followed: they would send the token to another address.
 * 4. No error contains a token, a header or a body. A server's own error reply (`ok: false`) reaches the widget unchanged.
 * 5. Of the widget's own headers, those in `widgetHeaders` are sent.
 * 6. `dispose` fails requests in flight with `DISPOSED`, and forgets everything of the user. If users log in and out on one page,
 *    create a transport for each session.
 *
 * @returns A transport, for any number of bridges. You dispose it. The bridges do not.
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
export function httpTransport(options: HttpTransportOptions): DisposableTransport {
  /** `undefined` once disposed, so that nothing of the user is kept. */
  let settings: HttpSettings | undefined = readHttpOptions(options);
  const { signal } = settings;
  const inFlight = new Set<HttpRequestInFlight>();

  function disposed(sent: StartedRequest): AnyBanksideError {
    return requestError('DISPOSED', 'The transport was disposed', sent, {}, signal?.reason);
  }

  function send(request: WidgetRequest, context: TransportContext): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = settings && readRequest(settings, request, context, reject);
      // Reading the request calls functions of the page or the widget, which may dispose the transport.
      if (!sent || !settings) throw disposed({ request, started: now() });
      const removeListener = onAbort(context.signal, () => sent.abort.abort(context.signal.reason));
      inFlight.add(sent);
      const end = (): void => {
        inFlight.delete(sent);
        removeListener();
      };
      post(sent).finally(end).then(resolve, reject);
    });
  }

  function dispose(): void {
    const { client } = settings ?? {};
    settings = undefined;
    removeListener?.(); // undefined if the signal had aborted before
    for (const sent of [...inFlight]) {
      const error = disposed(sent);
      sent.reject(error); // so that it settles before any request that the page sends from now on
      sent.abort.abort(error);
    }
    client?.forget();
  }

  let removeListener: (() => void) | undefined;
  removeListener = onAbort(signal, dispose);
  return disposable({ send, dispose });
}

/** One request, and what is needed to send it. */
interface HttpRequestInFlight extends HttpSettings, StartedRequest {
  /** As it is sent: with the type in its JSON, and with those headers of the widget that are sent. */
  readonly request: WidgetRequest;
  readonly body: string;
  readonly deadline: number;
  readonly abort: AbortController;
  reject(error: AnyBanksideError): void;
  /** Reports that others can read the request on the network. */
  reportInsecure(origin: string): void;
  /** Reports progress. `status` is that of the last answer. */
  report(state: RequestAttempt['state'], status?: number, retryIn?: number): void;
}

function readRequest(
  settings: HttpSettings,
  request: WidgetRequest,
  context: TransportContext,
  reject: HttpRequestInFlight['reject'],
): HttpRequestInFlight {
  const body = typeof request.body === 'string' ? request.body : toJson(request.body);
  const { passed, dropped } = passingHeaders(request.headers, settings.widgetHeaders);
  if (dropped.length) attempt(() => context.dropped?.(dropped));
  let count = 0;
  return {
    ...settings,
    request: { ...request, type: sentType(body), headers: passed },
    body,
    started: now(),
    deadline: context.deadline,
    abort: new AbortController(),
    reject,
    reportInsecure: (origin) => void attempt(() => context.insecurePage?.(origin)),
    report(state, status, retryIn) {
      if (state === 'sent') count += 1;
      attempt(() => context.attempt?.({ state, count, status, retryIn })); // an error there does not end the request
    },
  };
}

async function post(sent: HttpRequestInFlight): Promise<string> {
  const { request, body, report } = sent;
  const endpoint = sent.endpoints[request.server];
  if (!endpoint)
    throw requestError('NO_ENDPOINT', `No address is known: set endpoints.${request.server}`, sent);
  const url = endpoint();
  const origin = insecureOrigin(url);
  if (origin !== undefined) sent.reportInsecure(origin);
  const answer = await sent.client.send({
    url,
    method: 'POST',
    body,
    signal: sent.abort.signal,
    defaults: widgetHeaders(request),
    headers: () => pageHeaders(sent),
    retries: retriesOf(sent),
    onTokenRequest: (status) => report('token', status),
    onSend: () => report('sent'),
    sent,
  });
  if (answer.response.ok) return answer.text;
  throw errorOf(answer, sent);
}

function widgetHeaders({ headers }: WidgetRequest): Headers {
  const read = new Headers(headers);
  if (!read.has('content-type')) read.set('content-type', 'application/json');
  return read;
}

function pageHeaders({ headers, request, body, abort }: HttpRequestInFlight): Promise<Headers> {
  // A function may sign the body, so it gets what is sent: the widget may have changed its object since.
  const isSigned = isFunction(headers) && typeof request.body !== 'string';
  const sent = isSigned ? { ...request, body: JSON.parse(body) } : request;
  const makeError = (cause: Error) =>
    invalidOption('headers', 'a function that does not throw', 'one that threw', cause);
  return headersFor(headers, makeError, abort.signal, sent);
}

/** Retries what is safe to repeat, within the request's time. */
function retriesOf({ request, retry, deadline, report }: HttpRequestInFlight): RetryPolicy {
  const { type = '' } = request;
  const isSafe = type !== '' && retry.types.some((pattern) => matches(pattern, type));
  let status: number | undefined;
  /** How long the server asks to wait, in ms. */
  let serverWait = 0;
  return {
    limit: isSafe ? retry.limit : 0,
    delay: longestPause,
    jitter(longest) {
      // Random, so that not all clients come back at once when a server is up again.
      const pause = Math.max(longest * (0.5 + Math.random() / 2), serverWait);
      report('retry', status, pause);
      serverWait = 0; // a hook of the page may ask for the next retry, without mayRetry
      status = undefined;
      return pause;
    },
    mayRetry(response, count) {
      status = response?.status;
      serverWait = (response && retryAfter(response.headers)) ?? 0;
      const isTransient = status === undefined || RETRIED_STATUSES.includes(status);
      return isTransient && Math.max(longestPause(count), serverWait) < deadline - now();
    },
  };
}

/** In ms: 400, 800, 1,600 … Half to all of it is waited. */
function longestPause(count: number): number {
  return 200 * 2 ** count;
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/** The error for an error status. If the answer is a reply (`ok: false`), it is kept for the widget. */
function errorOf({ response, text }: Answer, sent: StartedRequest): AnyBanksideError {
  const error = statusError(response, sent) as AnyBanksideError;
  const reply = attempt(() => JSON.parse(text));
  // Shipped widgets treat a reply with the status 200 as a success.
  const isFailure = reply?.ok === false && Number(reply.status) !== 200;
  return withErrorReply(error, isFailure ? { response: reply, text } : undefined);
}
