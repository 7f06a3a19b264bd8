import { onAbort } from '../abort.ts';
import { bindMembers } from '../bind-members.ts';
import { checkOption, checkSignal, isFunction } from '../check.ts';
import { callSafely, type Emitter } from '../emitter.ts';
import type { AnyBanksideError, ServerName } from '../errors.ts';
import type { QueuePoller } from '../queue/poller.ts';
import { BridgeMemory } from '../requests/bridge-memory.ts';
import { BRIDGE_EVENTS, type BridgeEvents, type InnerEvents } from '../requests/events.ts';
import type { BridgeSnapshot } from '../requests/pending.ts';
import type { RecentBridgeEvent } from '../requests/recent-bridge-events.ts';
import { readRequestOptions } from '../requests/request-options.ts';
import { Requests } from '../requests/requests.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import { checkEventName, checkOptionNames, type NamesOf } from '../text/known-names.ts';
import { now } from '../time.ts';
import type { Transport, WidgetRequest } from '../transport/transport.ts';
import { Attachment, type Widget } from './attachment.ts';
import { readCommand, readWithSchema, type SendOptions } from './command.ts';
import { createDelegate, createDelegateClass, type EventDelegate } from './delegate.ts';
import { createRememberingEmitter } from './remembering-emitter.ts';

/** The options of {@link WidgetBridge}. */
export interface BridgeOptions {
  /** Carries the requests. You dispose the transport. The bridge does not. */
  transport: Transport;
  /**
   * How long a request may take, in ms, or a function that returns this for each request. With `false` there is no
   * timeout: the widget waits for ever if the channel is lost.
   *
   * @default 30_000
   */
  timeout?: number | false | ((request: WidgetRequest) => number | false) | undefined;
  /**
   * How many calls may wait for an answer at once. Callers that join a pending request and wait for its reply count too. A
   * call above the limit gets an `OVERLOADED` failure.
   *
   * @default 1_000
   */
  maxPending?: number | undefined;
  /**
   * The form of what the widget gets, failure replies included: `asJson`, `asBase64`, or a function that returns it
   * (not a promise). The function gets the parsed reply and, if the server wrote JSON, the server's text.
   *
   * @default the parsed object
   * @example
   * ```ts
   * import { asJson, type Transport, WidgetBridge } from 'bankside';
   *
   * declare const transport: Transport;
   * new WidgetBridge({ transport, reply: asJson });
   * ```
   */
  reply?: ((response: unknown, text?: string) => unknown) | undefined;
  /**
   * What the widget gets for a failed request. By default this is what pages that banks published answer (`ok: false`,
   * `status: '600'` and a `statusMessage`). If the server's own error answer is a reply (`ok: false`), the widget gets
   * that instead.
   *
   * @default status 600
   * @example
   * ```ts
   * import { type Transport, WidgetBridge } from 'bankside';
   *
   * declare const transport: Transport;
   * new WidgetBridge({
   *   transport,
   *   failureReply: (error) => ({ ok: false, status: '600', statusMessage: `Sorry (${error.code})` }),
   * });
   * ```
   */
  failureReply?: ((error: AnyBanksideError, request: WidgetRequest) => unknown) | undefined;
  /** A poller that ends with the bridge: `bridge.queue` returns it, and `dispose` stops it. */
  queue?: QueuePoller | undefined;
  /** Disposes the bridge when it aborts. */
  signal?: AbortSignal | undefined;
}

const OPTIONS: NamesOf<BridgeOptions> = {
  transport: true,
  timeout: true,
  maxPending: true,
  reply: true,
  failureReply: true,
  queue: true,
  signal: true,
};

/**
 * The bank's side of one embedded widget. The bridge gives the widget the functions that it calls, sends each request
 * over the transport, and returns each reply complete, once, and with the right `requestId`. If there is no reply, the
 * widget gets a failure reply.
 *
 * @example
 * ```ts
 * import { httpTransport, WidgetBridge } from 'bankside';
 * import 'bankside/personetics';
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
   * The delegate as a class, for builds of the widget that make their delegate from the global of this name:
   * `window.EventDelegate = bridge.EventDelegate`. Each instance has the functions of `delegate`.
   */
  declare readonly EventDelegate: new () => EventDelegate;
  /**
   * Handles the message of the React and Angular layouts: `{ requestString, requestId, json: { requestData }, … }`.
   * Bound.
   */
  declare readonly handlePersoEvent: (message: unknown) => void;
  /**
   * The one entry point for replies that come over a channel of the page itself: as an object, JSON text, or Base64 of
   * UTF-8 JSON. Returns whether a request waited for the reply. If not, the reply is only emitted, as an `orphan` event.
   * Bound; never throws.
   */
  declare readonly handlePServerResponse: (response: unknown, requestId: string | number) => boolean;
  /** Disposes the bridge at the end of a `using` block, where the engine has `Symbol.dispose`. */
  declare [Symbol.dispose]: () => void;

  /** What the bridge is doing now. The same object until something changes, as UI stores want it. Bound. */
  declare readonly getSnapshot: () => BridgeSnapshot;

  readonly #memory: BridgeMemory = new BridgeMemory();
  readonly #emitter: Emitter<InnerEvents> = createRememberingEmitter(this.#memory);
  readonly #requests: Requests;
  readonly #unsubscribe: (() => void) | undefined;

  /** @throws BanksideError `INVALID_OPTIONS`, naming the option. */
  constructor(options: BridgeOptions) {
    checkOptionNames(options, OPTIONS);
    const settings = readRequestOptions(options);
    const { queue, signal } = options;
    checkOption(!queue || isFunction(queue.stop), 'queue', 'a QueuePoller', queue);
    if (signal) checkSignal(signal);
    this.#requests = new Requests(settings, this.#emitter);
    this.queue = queue;
    this.getSnapshot = this.#requests.getSnapshot;
    this.handlePServerResponse = this.#requests.receive;
    this.delegate = createDelegate(this.#requests);
    this.EventDelegate = createDelegateClass(this.delegate);
    this.handlePersoEvent = this.delegate.handlePersoEvent;
    // Not a method: without Symbol.dispose its name would be 'undefined', and a computed name prevents tree-shaking.
    if (Symbol.dispose) this[Symbol.dispose] = () => this.dispose();
    this.#unsubscribe = onAbort(signal, () => this.dispose(signal?.reason));
    bindMembers(this);
  }

  /**
   * What has happened on this bridge, for a page that looks later: the newest 200 events, the oldest first, and before them the
   * starts of pending requests that are older. Plain data: ids, types, names, codes and times, no bodies, headers, replies,
   * messages of errors or data of the widget. Strings are cut to 256 characters. A new list each time; its events do not change.
   * Empty after `dispose`, since ids may be of the user.
   *
   * @example
   * ```ts
   * import type { WidgetBridge } from 'bankside';
   *
   * declare const bridge: WidgetBridge;
   * for (const event of bridge.recentEvents) {
   *   if (event.kind === 'failure') console.warn(new Date(event.at).toISOString(), event.type, event.code);
   * }
   * ```
   */
  get recentEvents(): readonly RecentBridgeEvent[] {
    return this.#memory.list();
  }

  /**
   * Sets the widget that gets the replies, through its own reply function, and gives it the functions that it calls. A
   * second call detaches the first widget.
   *
   * @param widget The widget. It gets the three senders and `handlePersoEvent`, and those other functions of the
   *   delegate whose names it does not have. For a widget that loads later, pass a function that returns it: the bridge
   *   calls the function for each reply, and gives the widget no functions. Only for a transport with `receive` it replaces
   *   the widget's reply functions. If there is no widget when a reply comes, that is a `NO_CHANNEL` failure event.
   * @param target An object that gets all functions of the delegate as well, such as `window.PersoWidget`. It must exist
   *   already: no function that returns it.
   * @returns Detaches: answers what the widget waits for with an `ABORTED` failure, and puts back what was replaced.
   * @throws BanksideError `INVALID_CALL` for a widget or a target that is not an object, or that is frozen; `DISPOSED`.
   */
  attach(widget: Widget | (() => Widget | undefined), ...target: [target?: object]): () => void {
    const attachment = new Attachment(widget, target, this.#requests);
    if (!this.getSnapshot().disposed) attachment.install(this.delegate);
    return this.#requests.attach(attachment);
  }

  /**
   * Sends a command of the page itself, over the same channel and with the same rules as the widget's requests.
   *
   * @param server `'pserver'`, `'enrich'` or `'ob'`.
   * @param body A command object, or a string that is sent unchanged.
   * @returns The parsed reply; with a `schema`, the schema's output. A reply that does not fit the schema is still a
   *   `reply` event, since the server did answer.
   * @throws BanksideError Rejects with what ended the request: `TIMEOUT`, `NETWORK`, `HTTP`, `UNAUTHORIZED`,
   *   `INVALID_RESPONSE`, `ABORTED` (its `cause` is the signal's reason), `OVERLOADED`, `DISPOSED`, …; `INVALID_CALL` or
   *   `INVALID_OPTIONS` for wrong arguments. If the schema throws, that is an `INVALID_RESPONSE`, whose `cause` has the
   *   name of what was thrown.
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
      this.#requests.handle(() => ({ request, callbacks: [resolve, reject], isPage: true, timeout, signal }));
    });
    return schema ? readWithSchema(schema, response, { request, started }) : (response as T);
  }

  /**
   * Adds a handler of an event and returns the function that removes it. A handler that throws stops nothing.
   *
   * @throws BanksideError `INVALID_CALL` for an event that does not exist, naming the nearest one.
   */
  on<K extends keyof BridgeEvents>(type: K, handler: (event: BridgeEvents[K]) => void): () => void {
    checkEventName(type, BRIDGE_EVENTS);
    return this.#emitter.on(type, handler);
  }

  /** Calls the listener each time the snapshot has changed. Returns the function that removes it. Bound. */
  readonly subscribe = (listener: () => void): (() => void) => {
    return this.#emitter.on('change', listener, 'subscribe');
  };

  /**
   * Ends the bridge: answers what is pending with a `DISPOSED` failure, puts back what `attach` replaced, and stops the
   * queue. Later calls are answered the same way, and never sent. The bridge keeps no data of the user: `recentEvents`
   * is empty from then on. Idempotent.
   *
   * @param reason Becomes the `cause` of the errors.
   */
  dispose(reason?: unknown): void {
    if (this.getSnapshot().disposed) return;
    this.#unsubscribe?.(); // not set yet if the signal had aborted before
    this.#requests.close(reason);
    this.#memory.close();
    callSafely(() => this.queue?.stop());
    forgetLastMatch();
  }
}
