import { onAbort } from '../abort.ts';
import { callSafely, createEmitter, type Emitter } from '../emitter.ts';
import type { ServerName } from '../errors.ts';
import type { QueuePoller } from '../queue/poller.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import { now } from '../time.ts';
import { createAttachment, type Widget } from './attachment.ts';
import type { BridgeEvents, InnerEvents } from './bridge-events.ts';
import { type BridgeOptions, readBridgeOptions } from './bridge-options.ts';
import { readCommand, readWithSchema, type SendOptions } from './command.ts';
import { createDelegate, createDelegateClass, type EventDelegate } from './delegate.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { BridgeSnapshot } from './snapshot.ts';

export type { BridgeSnapshot };

/**
 * The bank's side of one embedded widget: it gives the widget the functions that it calls, sends each request
 * over the transport, and hands each reply back whole, once, and with the right `requestId`; a failure reply
 * where there is no other.
 *
 * @example
 * ```ts
 * import { httpTransport, WidgetBridge } from 'bankside';
 *
 * declare global {
 *   interface Window {
 *     EventDelegate: unknown;
 *   }
 * }
 * declare const personetics: {
 *   initialize(options: object): void;
 *   handlePServerResponse(response: unknown, requestId: string): void;
 * };
 *
 * const transport = httpTransport({
 *   endpoints: { pserver: '/api/pserver/execute', enrich: '/api/enrich/execute', ob: '/api/ob/execute' },
 *   async authToken() {
 *     const response = await fetch('/session/token', { method: 'POST' });
 *     if (!response.ok) throw new Error(`Status ${response.status}`);
 *     return response.text();
 *   },
 * });
 * const bridge = new WidgetBridge({ transport });
 * bridge.attach(personetics);
 * window.EventDelegate = bridge.EventDelegate;
 * const { delegate } = bridge;
 * const options = { eventsDelegate: delegate, pDelegate: delegate, base64EncodeResponse: false };
 * personetics.initialize({ lang: 'en', userId: 'user-1', deviceType: 'web', ...options });
 * ```
 */
export class WidgetBridge {
  /** The poller that was given as an option. */
  declare readonly queue: QueuePoller | undefined;
  /** Bound functions, the entry point for replies among them: pass it as `eventsDelegate` and as `pDelegate`. */
  declare readonly delegate: EventDelegate;
  /**
   * The delegate as a class, for builds of the widget that make their delegate themselves, from the global of this
   * name: `window.EventDelegate = bridge.EventDelegate`. Each object that it makes has the functions of `delegate`.
   */
  declare readonly EventDelegate: new () => EventDelegate;
  /**
   * Takes the message of the React and Angular layouts: `{ requestString, requestId, json: { requestData }, …
   * }`. Bound.
   */
  declare readonly handlePersoEvent: (message: unknown) => void;
  /**
   * The one entry point for replies: hand over here what came over a channel of the page's own, as an object, JSON
   * text, or Base64 of UTF-8 JSON. Returns whether a request was waiting for it; if none was, it is not
   * passed on, and emitted as an `orphan` event. Bound; never throws.
   */
  declare readonly handlePServerResponse: (response: unknown, requestId: string | number) => boolean;
  /** Disposes the bridge at the end of a `using` block, where the engine has `Symbol.dispose`. */
  declare [Symbol.dispose]: () => void;

  /** What the bridge is doing now. The same object until something changes, as UI stores want it. Bound. */
  declare readonly getSnapshot: () => BridgeSnapshot;

  readonly #emitter: Emitter<InnerEvents> = createEmitter();
  readonly #exchange: Exchange;
  readonly #letGo: (() => void) | undefined;

  /** @throws BanksideError `INVALID_OPTIONS`, naming the option. */
  constructor(options: BridgeOptions) {
    const settings = readBridgeOptions(options);
    const { queue, signal } = settings;
    this.#exchange = createExchange(settings, this.#emitter);
    const { take, receive, getSnapshot } = this.#exchange;
    this.queue = queue;
    this.getSnapshot = getSnapshot;
    this.handlePServerResponse = receive;
    this.delegate = createDelegate(take, this.handlePServerResponse);
    this.EventDelegate = createDelegateClass(this.delegate);
    this.handlePersoEvent = this.delegate.handlePersoEvent;
    // Not a method: where Symbol.dispose does not exist, that would be named 'undefined'; and a computed name
    // defeats tree-shaking.
    if (Symbol.dispose) this[Symbol.dispose] = () => this.dispose();
    this.#letGo = onAbort(signal, () => this.dispose(signal?.reason));
  }

  /**
   * Says which widget is answered, through its own reply function, and gives it the functions that it calls. A second
   * call detaches the first.
   *
   * @param widget The widget. It gets the three senders and `handlePersoEvent`, and the other functions of the
   *   delegate under names that it does not have: its own functions stay its own. Or a function that returns it, for
   *   one that loads later: it is called for each reply, and nothing is put on what it returns. If there is no widget
   *   when a reply comes, that is a `NO_CHANNEL` failure event.
   * @param target An object that gets all functions of the delegate as well, such as `window.PersoWidget`.
   * @returns Detaches: answers what the widget waits for with an `ABORTED` failure, and puts back what was
   *   there.
   * @throws BanksideError `INVALID_CALL` for a widget or a target that is no object, or that cannot be written;
   *   `DISPOSED`.
   */
  attach(widget: Widget | (() => Widget | undefined), ...target: [target?: object]): () => void {
    return this.#exchange.attach(createAttachment(widget, target, this.delegate, this.#exchange));
  }

  /**
   * Sends a command of the page's own, over the same channel and with the same care as the widget's.
   *
   * @param server `'pserver'`, `'enrich'` or `'ob'`.
   * @param body A command object, or a string that travels unchanged.
   * @returns The reply as parsed; with a `schema`, the schema's output. What does not fit the schema was a
   *   `reply` event all the same, as the server did answer.
   * @throws BanksideError Rejects with whatever ended the request: `TIMEOUT`, `NETWORK`, `HTTP`,
   *   `UNAUTHORIZED`, `INVALID_RESPONSE`, `ABORTED` (its `cause` is the signal's reason), `OVERLOADED`,
   *   `DISPOSED`, …; `INVALID_CALL` or `INVALID_OPTIONS` for wrong arguments. A schema that throws is an
   *   `INVALID_RESPONSE`, whose `cause` tells the kind of what it threw.
   * @example
   * ```ts
   * import type { WidgetBridge } from 'bankside';
   *
   * declare const bridge: WidgetBridge;
   * const { numberOfInsights } = await bridge.send<{ numberOfInsights: number }>('pserver', {
   *   type: 'getNumberOfInsights',
   *   protocolVersion: '2.6',
   *   lang: 'en',
   * });
   * ```
   */
  async send<T = unknown>(server: ServerName, body: object | string, options?: SendOptions<T>): Promise<T> {
    const { signal, timeout, schema } = options ?? {};
    const request = readCommand(server, body, options ?? {});
    const started = now();
    const response = await new Promise((resolve, reject) => {
      this.#exchange.take(() => ({ request, callbacks: [resolve, reject], isPage: true, timeout, signal }));
    });
    return schema ? readWithSchema(schema, response, { request, started }) : (response as T);
  }

  /**
   * Adds a handler of an event and returns the function that removes it. A handler that throws stops nothing.
   */
  on<K extends keyof BridgeEvents>(type: K, handler: (event: BridgeEvents[K]) => void): () => void {
    return this.#emitter.on(type, handler);
  }

  /** Calls the listener whenever the snapshot has changed. Returns the function that removes it. Bound. */
  readonly subscribe = (listener: () => void): (() => void) => {
    return this.#emitter.on('change', listener, 'subscribe');
  };

  /**
   * Ends the bridge: answers what is pending with a `DISPOSED` failure, puts back what `attach` replaced, and
   * stops the queue. A call after it is answered the same way, and never sent. Nothing of the user stays in it.
   * Idempotent.
   *
   * @param reason Becomes the `cause` of the errors.
   */
  dispose(reason?: unknown): void {
    if (this.getSnapshot().disposed) return;
    this.#letGo?.(); // not there yet where the signal had aborted before
    this.#exchange.close(reason);
    callSafely(() => this.queue?.stop());
    forgetLastMatch();
  }
}
