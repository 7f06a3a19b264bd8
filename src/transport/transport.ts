import type { AnyBanksideError, ServerName } from '../errors.ts';

/** A function that the widget calls to send a request. */
export type SenderName = 'sendRequestToPServer' | 'sendRequestToEnrichServer' | 'sendRequestToOBServer';

/** The widget's sender of each server. */
export const SENDERS: Readonly<Record<ServerName, SenderName>> = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
};

/**
 * The functions of the delegate that want no answer. Each has an event of its name, except `handleWidgetAction`: its event is
 * `widgetAction`.
 */
export const NOTICES = [
  'navigateToPage',
  'widgetEvent',
  'handleWidgetAction',
  'personeticsEvent',
  'callPersoneticsAPI',
  'sessionStarted',
  'sessionEnded',
  'sessionError',
  'registered',
  'handleError',
] as const;

/** One request of the widget or of the page. */
export interface WidgetRequest {
  /** The reply goes back under the same id, of the same type. */
  readonly requestId: string | number;
  /** Which server it is for. */
  readonly server: ServerName;
  /**
   * The command or Open Banking function that the body names. `undefined` where it names none, or where servers may read
   * different ones: a string may name two.
   */
  readonly type: string | undefined;
  /**
   * Exactly what the widget passed: an object, or a string that is sent unchanged. An object with a `toJSON`, of a class, or
   * whose `type` or `requestString` is not a plain value is replaced by a plain copy of its JSON, since it could be different when
   * it is written later.
   */
  readonly body: unknown;
  /** The headers that the widget asked for, without malformed ones. The transport decides which of them it sends. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The progress of a request in a transport. It has no token, no header and no body. */
export interface RequestAttempt {
  /** `token`: it waits for a token; `sent`: an attempt is in flight; `retry`: it waits before the next attempt. */
  readonly state: 'token' | 'sent' | 'retry';
  /** How often it has been sent. */
  readonly count: number;
  /** With `token` and `retry`: the HTTP status of the last answer, if there was one. */
  readonly status?: number | undefined;
  /** With `retry`: the pause before the next attempt, in ms. */
  readonly retryIn?: number | undefined;
}

/** What a transport gets with a request. */
export interface TransportContext {
  /** Aborts when the request ends without this transport: timeout, detach, dispose, a reply at the bridge's entry point. */
  readonly signal: AbortSignal;
  /**
   * When the request times out: ms on the clock of `performance.now()` (of `Date.now()` in an engine that has no
   * `performance`), `Infinity` without a timeout.
   */
  readonly deadline: number;
  /** Call it to report progress: the bridge emits an `attempt` event until the request has ended. May be missing if the caller is not a bridge. */
  readonly attempt?: ((attempt: RequestAttempt) => void) | undefined;
  /**
   * Call it with the names of the widget's headers that are not sent: the bridge emits a `droppedHeaders` event, once for each
   * name. May be missing if the caller is not a bridge.
   */
  readonly dropped?: ((names: readonly string[]) => void) | undefined;
  /**
   * Call it before a request goes to a page's own origin over plain HTTP, with that origin: the bridge emits `insecurePage`,
   * once. May be missing if the caller is not a bridge.
   */
  readonly insecurePage?: ((origin: string) => void) | undefined;
}

/**
 * Sends requests over the bank's secured channel. You dispose the transport. The bridge does not.
 *
 * @example
 * ```ts
 * import { type Transport, WidgetBridge } from 'bankside';
 *
 * const transport: Transport = {
 *   async send(request, { signal }) {
 *     const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
 *     const response = await fetch(`/widget/${request.server}`, { method: 'POST', body, signal });
 *     if (!response.ok) throw new Error(`Status ${response.status}`);
 *     return response.text();
 *   },
 * };
 * const bridge = new WidgetBridge({ transport });
 * ```
 */
export interface Transport {
  /**
   * Sends one request and resolves with the server's reply: an object, JSON text, or Base64 of UTF-8 JSON. Resolves with
   * `undefined` if the page will pass the reply to the bridge's entry point, `handlePServerResponse`. If it throws or rejects,
   * the request fails.
   */
  send(request: WidgetRequest, context: TransportContext): unknown;
  /**
   * For channels that answer through a function on the page (native shells): the bridge's entry point passes each reply here
   * first. Returns true if `wireId`, the id in the message, belongs to a request of this transport; its `send` is then settled,
   * whichever bridge called it.
   */
  receive?(response: unknown, wireId: string | number): boolean;
  /** Session events and navigation, for channels whose other side needs them (native shells). */
  notify?(name: string, data: unknown): void;
}

/** A transport that you dispose. */
export interface DisposableTransport extends Transport {
  /** Fails the requests in flight, and releases all resources. A second call does nothing. */
  dispose(): void;
  /** The same at the end of a `using` block, where the engine has `Symbol.dispose`. */
  [Symbol.dispose](): void;
}

/** Adds `[Symbol.dispose]` to a transport, if the engine has that symbol. */
export function disposable(transport: Omit<DisposableTransport, typeof Symbol.dispose>): DisposableTransport {
  const method = Symbol.dispose && { [Symbol.dispose]: transport.dispose };
  return Object.assign(transport, method) as DisposableTransport;
}

/** What the vendor's published code answers when it has no other reply. */
export const NETWORK_ERROR = {
  status: '600',
  statusMessage: 'A network error occurred - check your network and try again.',
};

/** A reply of the server. Some widgets want it parsed, others as text. */
export interface ReadReply {
  /** The parsed reply. */
  readonly response: unknown;
  /** The JSON text that the server wrote, if it wrote one: its numbers may have more digits than JavaScript keeps. */
  readonly text?: string | undefined;
}

/** By this name, all copies of the package on a page find the reply that belongs to an error. */
const ERROR_REPLY = Symbol.for('bankside.errorReply');

/** An error that may have a reply. */
interface WithErrorReply {
  readonly [ERROR_REPLY]?: () => ReadReply;
}

/**
 * Keeps the server's own error reply (`ok: false`) for the widget. Errors are logged, and the reply must not be: so it is
 * behind a function, which nothing that prints, writes or copies an error calls.
 */
export function withErrorReply<E extends AnyBanksideError>(error: E, reply: ReadReply | undefined): E {
  return reply ? Object.defineProperty(error, ERROR_REPLY, { value: () => reply }) : error;
}

/** The server's own error reply that belongs to this error. */
export function errorReplyOf(error: unknown): ReadReply | undefined {
  try {
    const { response, text } = (error as WithErrorReply)[ERROR_REPLY]?.() ?? {};
    if (typeof response !== 'object' || response === null) return undefined;
    return { response, text: typeof text === 'string' ? text : undefined };
  } catch {
    return undefined; // an error of the page's own, which may be anything
  }
}
