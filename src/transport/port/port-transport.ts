import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import type { AnyBanksideError } from '../../errors.ts';
import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { noticeData } from '../../text/notice-data.ts';
import { stringify, toJson } from '../../text/stringify.ts';
import { now } from '../../time.ts';
import {
  type DisposableTransport,
  type ErrorReply,
  type TransportContext,
  type WidgetRequest,
  withErrorReply,
} from '../transport.ts';
import { connectPort } from './port-connection.ts';
import { readError } from './port-error.ts';
import { isDropped, isFailure, isReply, type RequestMessage, VERSION } from './port-messages.ts';
import { type PortTransportOptions, readPortOptions } from './port-options.ts';
import { connectWindow } from './window-connection.ts';

const WAS_ABORTED = 'Its signal was aborted';
const WAS_DISPOSED = 'The transport was disposed';

/** A request that waits for the far side. */
interface Waiting extends StartedRequest {
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: AnyBanksideError) => void;
  readonly dropped: TransportContext['dropped'];
  release: (() => void) | undefined;
}

/**
 * Hands requests to another window, or to a worker, where {@link servePort} sends them over a transport there: for
 * pages whose secured channel is in the page around an iframe, in an iframe, or in a worker.
 *
 * 1. Between windows, the two sides find each other in whatever order they are loaded, and again when the far side
 *    is loaded again. Until then requests wait, for `readyTimeout` at most.
 * 2. A request that ends here (timeout, abort, dispose) is aborted there. Its deadline goes with it.
 * 3. An error there is the same error here, with its code, message and details; of its `cause` only the name
 *    crosses, unless that too is an error of this package: it may quote a token, a header or a body. An error reply
 *    (`ok: false`) still reaches the widget.
 * 4. When the far side stops, what is pending fails with `NO_CHANNEL`: at once where it stops by itself, or where its
 *    window is left; where a worker ends, or the page with a port that was given, after its timeout, unless the
 *    engine tells. Between windows, the same happens to what is pending when this page is left.
 *
 * A worker is reached by a port: `const { port1, port2 } = new MessageChannel();` and
 * `worker.postMessage({ port: port2 }, [port2])`. So is a frame that is sandboxed without an origin.
 *
 * @returns A transport that any number of bridges may share. `send` rejects with what the far side failed with, or
 *   `NO_CHANNEL`, `INVALID_CALL` (a body that cannot be written as JSON), `ABORTED` or `DISPOSED`.
 * @throws BanksideError `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import { portTransport, WidgetBridge } from 'bankside';
 *
 * // In an iframe; the page around it calls servePort.
 * const transport = portTransport({ target: window.parent, origin: 'https://bank.example' });
 * const bridge = new WidgetBridge({ transport });
 * ```
 */
export function portTransport(options: PortTransportOptions): DisposableTransport {
  const { far, signal } = readPortOptions(options);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isDisposed = false;

  let letGo: (() => void) | undefined;

  const listener = { hear, lose: (why: string) => failAll('NO_CHANNEL', why) };
  const connection = 'target' in far ? connectWindow(far, listener) : connectPort(far, listener);

  function hear(data: unknown): void {
    if (isReply(data)) {
      const { reply: id, response } = data;
      // Without a response, it is still to come to the entry point, and the far side to hear of the end.
      if (response === undefined) waiting.get(id)?.resolve(undefined);
      else take(id)?.resolve(response);
    } else if (isFailure(data)) {
      const entry = take(data.failure);
      entry?.reject(withErrorReply(readError(data.error, entry), readErrorReply(data.response)));
    } else if (isDropped(data)) waiting.get(data.of)?.dropped?.(data.dropped);
  }

  /** The only way to end a request. A second call finds nothing. */
  function take(id: number): Waiting | undefined {
    const entry = waiting.get(id);
    waiting.delete(id);
    entry?.release?.();
    return entry;
  }

  function failAll(code: 'NO_CHANNEL' | 'DISPOSED', why: string): void {
    const cause = isDisposed ? signal?.reason : undefined;
    for (const id of [...waiting.keys()]) {
      const entry = take(id);
      entry?.reject(requestError(code, why, entry, {}, cause));
    }
  }

  function dispose(): void {
    if (isDisposed) return;
    isDisposed = true;
    letGo?.(); // not there yet where the signal had aborted before
    connection.close();
    failAll('DISPOSED', WAS_DISPOSED);
  }

  function giveUp(id: number, reason: unknown): void {
    const entry = take(id);
    if (!entry) return;
    if (!connection.withdraw(id)) connection.post({ bankside: VERSION, abort: id });
    entry.reject(requestError('ABORTED', WAS_ABORTED, entry, {}, reason));
  }

  function send(
    request: WidgetRequest,
    { signal: end, deadline, dropped }: TransportContext,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = { request, started: now(), resolve, reject, dropped, release: undefined };
      const checkOpen = (): void => {
        if (isDisposed) throw requestError('DISPOSED', WAS_DISPOSED, entry, {}, signal?.reason);
        if (end.aborted) throw requestError('ABORTED', WAS_ABORTED, entry, {}, end.reason);
      };
      checkOpen();
      const written = writeRequest(request, deadline - entry.started);
      checkOpen(); // `toJSON` of the body may have ended it
      const id = ++lastId; // not before: a body may ask for something else while it is written
      waiting.set(id, entry);
      entry.release = onAbort(end, () => giveUp(id, end.reason));
      connection.post({ ...written, request: id });
    });
  }

  /** Elements of the page and other things that cannot be written are left out rather than the notice. */
  function notify(name: string, data: unknown): void {
    if (isDisposed) return;
    connection.post({ bankside: VERSION, notice: name, data: stringify(noticeData(data)) });
  }

  letGo = onAbort(signal, dispose);
  const transport = { send, notify, dispose } as DisposableTransport;
  // Not where Symbol.dispose does not exist: it would be named 'undefined'.
  if (Symbol.dispose) transport[Symbol.dispose] = dispose;
  return transport;
}

/** @throws INVALID_CALL for a body that no server could be sent either. */
function writeRequest(request: WidgetRequest, timeLeft: number): Omit<RequestMessage, 'request'> {
  const { requestId, server, headers } = request;
  const body = toJson(request.body);
  return { bankside: VERSION, requestId, server, headers, body, timeLeft: readTime(timeLeft) };
}

/** Others than a bridge may call without a deadline, or when it is over: the far side takes neither. In ms. */
function readTime(timeLeft: number): number {
  return Number.isNaN(timeLeft) ? Infinity : Math.max(timeLeft, 1);
}

/** An error reply is handed to the widget as it is, and not read like other replies. */
function readErrorReply(text: string | undefined): ErrorReply | undefined {
  return text ? attempt(() => ({ response: JSON.parse(text), text })) : undefined;
}
