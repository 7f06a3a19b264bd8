import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import type { AnyBanksideError } from '../../errors.ts';
import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { jsonCopy } from '../../text/json-copy.ts';
import { stringify, toJson } from '../../text/stringify.ts';
import { now } from '../../time.ts';
import {
  type DisposableTransport,
  disposable,
  type ReadReply,
  type TransportContext,
  type WidgetRequest,
  withErrorReply,
} from '../transport.ts';
import { connectPort, type HostConnection, WindowConnection } from './host-connection.ts';
import { readError } from './port-error.ts';
import { isDropped, isFailure, isInsecure, isReply, type RequestMessage, VERSION } from './port-messages.ts';
import { type HostWindow, type PortTransportOptions, readPortOptions } from './port-options.ts';

/**
 * Sends requests to another window or to a worker, where {@link servePort} sends them with a transport there. For pages whose
 * secured channel is in the page around an iframe, in an iframe, or in a worker.
 *
 * 1. Between windows, either side may load first, and the other side may load again. Until then requests wait, for
 *    `readyTimeout` at most.
 * 2. A request that ends here (timeout, abort, dispose) is aborted there. Its deadline is sent with it.
 * 3. An error there is the same error here, with its code, message and details. A `cause` that is not an error of this package
 *    only keeps its name, since it may quote a token, a header or a body. An error reply (`ok: false`) reaches the widget.
 * 4. When the other side stops, or its window is left, pending requests fail with `NO_CHANNEL` at once. When a worker ends, or
 *    a page with a given port, they time out, unless the engine reports it. Between windows, pending requests also fail when
 *    this page is left.
 *
 * For a worker, use a port: `const { port1, port2 } = new MessageChannel();` and `worker.postMessage({ port: port2 }, [port2])`.
 * Likewise for a frame that is sandboxed without an origin.
 *
 * @returns A transport, for any number of bridges. `send` rejects with the error of the other side, or with `NO_CHANNEL`,
 *   `INVALID_CALL` (the body cannot be written as JSON), `ABORTED` or `DISPOSED`.
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
  const { host, signal } = readPortOptions(options);
  const client = new PortClient(host, signal);
  return disposable({
    send: (request, context) => client.send(request, context),
    notify: (name, data) => client.notify(name, data),
    dispose: () => client.dispose(),
  });
}

/** A request that waits for its answer. */
interface PostedRequest extends StartedRequest, Pick<TransportContext, 'dropped' | 'insecurePage'> {
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: AnyBanksideError) => void;
  removeListener?: () => void;
}

/** What happened to a request, or to the transport. */
const WAS_ABORTED = 'Its signal was aborted';
const WAS_DISPOSED = 'The transport was disposed';

class PortClient {
  readonly #connection: HostConnection;
  readonly #signal: AbortSignal | undefined;
  readonly #pending = new Map<number, PostedRequest>();
  #lastId = 0;
  #isDisposed = false;
  readonly #removeListener: (() => void) | undefined;

  constructor(host: MessagePort | HostWindow, signal: AbortSignal | undefined) {
    const listener = {
      onMessage: (message: unknown) => this.#onMessage(message),
      onLoss: (why: string) => this.#failAll('NO_CHANNEL', why),
    };
    this.#connection = 'target' in host ? new WindowConnection(host, listener) : connectPort(host, listener);
    this.#signal = signal;
    this.#removeListener = onAbort(signal, () => this.dispose());
  }

  send(
    request: WidgetRequest,
    { signal, deadline, dropped, insecurePage }: TransportContext,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const started = now();
      const pending: PostedRequest = { request, started, resolve, reject, dropped, insecurePage };
      this.#checkOpen(pending, signal);
      const message = writeRequest(request, deadline - started);
      this.#checkOpen(pending, signal); // a `toJSON` in the body may have ended it
      const id = ++this.#lastId; // not earlier: a `toJSON` may have sent another request
      this.#pending.set(id, pending);
      pending.removeListener = onAbort(signal, () => this.#abort(id, signal.reason));
      this.#connection.post({ ...message, request: id });
    });
  }

  /** What JSON cannot express, such as elements of the page, is left out. */
  notify(name: string, data: unknown): void {
    if (this.#isDisposed) return;
    this.#connection.post({ bankside: VERSION, notice: name, data: stringify(jsonCopy(data)) });
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#removeListener?.(); // undefined if the signal had aborted before
    this.#connection.close();
    this.#failAll('DISPOSED', WAS_DISPOSED);
  }

  #checkOpen(pending: PostedRequest, signal: AbortSignal): void {
    if (this.#isDisposed) throw requestError('DISPOSED', WAS_DISPOSED, pending, {}, this.#signal?.reason);
    if (signal.aborted) throw requestError('ABORTED', WAS_ABORTED, pending, {}, signal.reason);
  }

  #onMessage(message: unknown): void {
    if (isReply(message)) {
      const { reply: id, response } = message;
      // `undefined`: the reply will come to the bridge's entry point. The request stays pending here until then, so that its end
      // is reported to the host.
      if (response === undefined) this.#pending.get(id)?.resolve(undefined);
      else this.#remove(id)?.resolve(response);
    } else if (isFailure(message)) {
      const pending = this.#remove(message.failure);
      pending?.reject(withErrorReply(readError(message.error, pending), readErrorReply(message.response)));
    } else if (isDropped(message)) this.#pending.get(message.of)?.dropped?.(message.dropped);
    else if (isInsecure(message)) this.#pending.get(message.of)?.insecurePage?.(message.insecure);
  }

  /** The only way to end a request. A second call returns `undefined`. */
  #remove(id: number): PostedRequest | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.removeListener?.();
    return pending;
  }

  #abort(id: number, reason: unknown): void {
    const pending = this.#remove(id);
    if (!pending) return;
    if (!this.#connection.withdraw(id)) this.#connection.post({ bankside: VERSION, abort: id });
    pending.reject(requestError('ABORTED', WAS_ABORTED, pending, {}, reason));
  }

  #failAll(code: 'NO_CHANNEL' | 'DISPOSED', why: string): void {
    const cause = this.#isDisposed ? this.#signal?.reason : undefined;
    for (const id of [...this.#pending.keys()]) {
      const pending = this.#remove(id);
      pending?.reject(requestError(code, why, pending, {}, cause));
    }
  }
}

/** @throws INVALID_CALL for a body that cannot be written as JSON. */
function writeRequest(request: WidgetRequest, timeLeft: number): Omit<RequestMessage, 'request'> {
  const { requestId, server, headers } = request;
  const body = toJson(request.body);
  return { bankside: VERSION, requestId, server, headers, body, timeLeft: validTime(timeLeft) };
}

/** The host only accepts a positive time. A caller other than a bridge may have no deadline, or one that is over. In ms. */
function validTime(timeLeft: number): number {
  return Number.isNaN(timeLeft) ? Infinity : Math.max(timeLeft, 1);
}

/** An error reply goes to the widget unchanged. It is not read like other replies. */
function readErrorReply(text: string | undefined): ReadReply | undefined {
  return text ? attempt(() => ({ response: JSON.parse(text), text })) : undefined;
}
