import type { AnyBanksideError, ServerName } from '../errors.ts';

/** One request of the widget's, or of the page's own, whatever shape it was made in. */
export interface WidgetRequest {
  /** Handed back with the type it came with. */
  readonly requestId: string | number;
  /** Which server it is for. */
  readonly server: ServerName;
  /**
   * The command or Open Banking function, when the body names one: that of what is sent. `undefined` also where servers
   * may read different ones, as in a text that names two.
   */
  readonly type: string | undefined;
  /**
   * Exactly as the widget gave it: an object, or a string that is to travel unchanged. An object that could be written
   * as another one later, as it has a `toJSON` or an accessor, or is that of a class, comes as what was written of it.
   */
  readonly body: unknown;
  /** The headers that the widget asked for, without malformed ones. A transport says which of them it passes. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How far a transport is with a request. It holds no token, no header and no body. */
export interface RequestAttempt {
  /** `token`: it waits for a token; `sent`: an attempt is on its way; `retry`: it waits before the next one. */
  readonly state: 'token' | 'sent' | 'retry';
  /** How often it has been sent by now. */
  readonly count: number;
  /** With `token` and `retry`: the HTTP status that the last attempt was answered with, if it was. */
  readonly status?: number | undefined;
  /** With `retry`: in how many ms it is sent again. */
  readonly retryIn?: number | undefined;
}

/** What a transport is told beside the request. */
export interface TransportContext {
  /**
   * Aborts when the request has ended for another reason than this transport: timeout, detach, dispose, a
   * reply at the bridge's entry point.
   */
  readonly signal: AbortSignal;
  /**
   * When the request times out: ms on the clock of `performance.now()` (of `Date.now()` in an engine that has no
   * `performance`), `Infinity` without a timeout.
   */
  readonly deadline: number;
  /**
   * Tells those who watch the bridge how far it is: each call becomes an `attempt` event, until the request has
   * ended. A transport need not tell. It may be missing where another than a bridge calls.
   */
  readonly attempt?: ((attempt: RequestAttempt) => void) | undefined;
  /**
   * Tells those who watch the bridge which of the widget's headers this transport leaves out, by their names: it becomes
   * a `droppedHeaders` event, once for each name. It may be missing where another than a bridge calls.
   */
  readonly dropped?: ((names: readonly string[]) => void) | undefined;
}

/**
 * Carries requests over the bank's secured channel. You dispose the transport; the bridge does not.
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
   * Sends one request and resolves with the server's reply: an object, JSON text, or Base64 of UTF-8 JSON.
   * Resolves with `undefined` when the page itself will hand the reply to the bridge's entry point,
   * `handlePServerResponse`. What it throws or rejects with ends the request as a failure.
   */
  send(request: WidgetRequest, context: TransportContext): unknown;
  /**
   * For channels that answer through a function on the page (native shells): the bridge's entry point offers each
   * reply here first. Returns true if it was one of this transport's, under the id that it gave on the wire; it then
   * settles the `send` that waits for it, whichever bridge that came from.
   */
  receive?(response: unknown, wireId: string | number): boolean;
  /** Session events and navigation, for channels whose other side must hear of them (native shells). */
  notify?(name: string, data: unknown): void;
}

/** A transport that holds something open. */
export interface DisposableTransport extends Transport {
  /** Ends what it carries, and releases what it holds. Idempotent. */
  dispose(): void;
  /** The same at the end of a `using` block, where the engine has `Symbol.dispose`. */
  [Symbol.dispose](): void;
}

/** A server's own error reply (`ok: false`): as parsed, and the text that the server wrote. */
export interface ErrorReply {
  readonly response: unknown;
  readonly text?: string | undefined;
}

const errorReplies = new WeakMap<AnyBanksideError, ErrorReply>();

/**
 * Keeps the server's own error reply for the widget. It stays beside the error and not on it, so that an error
 * that is logged shows no body of an answer.
 */
export function withErrorReply<E extends AnyBanksideError>(error: E, reply: ErrorReply | undefined): E {
  if (reply) errorReplies.set(error, reply);
  return error;
}

/** The server's own error reply that came with this error. */
export function errorReplyOf(error: AnyBanksideError): ErrorReply | undefined {
  return errorReplies.get(error);
}
