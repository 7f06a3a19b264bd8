import { onAbort } from '../../abort.ts';
import { attempt, invalidOption, isFunction } from '../../check.ts';
import type { AnyBanksideError } from '../../errors.ts';
import type { Repeats } from '../../http/attempts.ts';
import type { Answer } from '../../http/exchange.ts';
import { headersFor } from '../../http/headers.ts';
import { requestError, type StartedRequest, statusError } from '../../http/request-error.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { passingHeaders } from '../../http/widget-headers.ts';
import { sentType } from '../../text/sent-type.ts';
import { toJson } from '../../text/stringify.ts';
import { now } from '../../time.ts';
import {
  type DisposableTransport,
  type RequestAttempt,
  type TransportContext,
  type WidgetRequest,
  withErrorReply,
} from '../transport.ts';
import { type HttpSettings, type HttpTransportOptions, readHttpOptions } from './http-options.ts';

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
 * 5. Of the widget's own headers those pass that `widgetHeaders` names.
 * 6. `dispose` ends what is under way with `DISPOSED`, and forgets all of the user's: where users sign in and out on one
 *    page, make a transport for each session.
 *
 * @returns A transport that any number of bridges may share. You dispose it; a bridge does not.
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
  /** `undefined` once disposed: nothing of the user is left then. */
  let settings: HttpSettings | undefined = readHttpOptions(options);
  const { signal } = settings;
  const underWay = new Set<Outgoing>();

  function disposed(sent: StartedRequest): AnyBanksideError {
    return requestError('DISPOSED', 'The transport was disposed', sent, {}, signal?.reason);
  }

  function send(request: WidgetRequest, context: TransportContext): Promise<string> {
    return new Promise((resolve, reject) => {
      const outgoing = settings && readRequest(settings, request, context, reject);
      // Functions of the page's or the widget's, called as the request is read, may have disposed the transport.
      if (!outgoing || !settings) throw disposed({ request, started: now() });
      const letGo = onAbort(context.signal, () => outgoing.abort.abort(context.signal.reason));
      underWay.add(outgoing);
      const leave = (): void => {
        underWay.delete(outgoing);
        letGo();
      };
      carry(outgoing).finally(leave).then(resolve, reject);
    });
  }

  function dispose(): void {
    const { client } = settings ?? {};
    settings = undefined;
    letGoOfSignal?.(); // not there yet where the signal had aborted before
    for (const outgoing of [...underWay]) {
      const error = disposed(outgoing);
      outgoing.reject(error); // before what is asked from now on
      outgoing.abort.abort(error);
    }
    client?.forget();
  }

  let letGoOfSignal: (() => void) | undefined;
  letGoOfSignal = onAbort(signal, dispose);
  const transport = { send, dispose } as DisposableTransport;
  // Not where Symbol.dispose does not exist: it would be named 'undefined'.
  if (Symbol.dispose) transport[Symbol.dispose] = dispose;
  return transport;
}

/** One request, and what it needs on its way. */
interface Outgoing extends HttpSettings, StartedRequest {
  /** As it is sent: with the type that its text names, and with those of the widget's headers that pass. */
  readonly request: WidgetRequest;
  readonly body: string;
  readonly deadline: number;
  readonly abort: AbortController;
  reject(error: AnyBanksideError): void;
  /** Says what it does now, after what answer. */
  tell(state: RequestAttempt['state'], status?: number, retryIn?: number): void;
}

function readRequest(
  settings: HttpSettings,
  request: WidgetRequest,
  context: TransportContext,
  reject: Outgoing['reject'],
): Outgoing {
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
    tell(state, status, retryIn) {
      if (state === 'sent') count += 1;
      attempt(() => context.attempt?.({ state, count, status, retryIn })); // who watches ends nothing
    },
  };
}

async function carry(outgoing: Outgoing): Promise<string> {
  const { request, body, tell } = outgoing;
  const url = outgoing.endpoints[request.server];
  if (!url) {
    throw requestError('NO_ENDPOINT', `No address is known: set endpoints.${request.server}`, outgoing);
  }
  const answer = await outgoing.client.send({
    url,
    method: 'POST',
    body,
    signal: outgoing.abort.signal,
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
function headersOf({ headers, request, body, abort }: Outgoing): Promise<Headers> {
  // The widget may have changed its object since, and what is signed is to be what is sent.
  const isSigned = isFunction(headers) && typeof request.body !== 'string';
  const sent = isSigned ? { ...request, body: JSON.parse(body) } : request;
  const failed = (cause: Error) =>
    invalidOption('headers', 'a function that does not throw', 'one that threw', cause);
  return headersFor(headers, failed, abort.signal, sent);
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
function refusal({ response: { status }, text }: Answer, sent: StartedRequest): AnyBanksideError {
  const [code, message] = statusError(status);
  const error = requestError(code, message, sent, { status }) as AnyBanksideError;
  const response = attempt(() => JSON.parse(text));
  // With a status of 200 in it, shipped widgets take it for a success.
  const isFailure = response?.ok === false && Number(response.status) !== 200;
  return withErrorReply(error, isFailure ? { response, text } : undefined);
}

function widgetHeaders({ headers }: WidgetRequest): Headers {
  const read = new Headers(headers);
  if (!read.has('content-type')) read.set('content-type', 'application/json');
  return read;
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
