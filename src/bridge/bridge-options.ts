import { type AnyBanksideError, invalid } from '../errors.ts';
import { isFunction } from '../is-function.ts';
import type { QueuePoller } from '../queue/poller.ts';
import type { Transport, WidgetRequest } from '../transport/transport.ts';

/** What {@link WidgetBridge} is made with. */
export interface BridgeOptions {
  /** What carries the requests. Whoever made it disposes it; a bridge never does. */
  transport: Transport;
  /**
   * How long a request may take, in ms, or a function that says so for each request. `false`: for ever, which
   * leaves the widget waiting when the channel is lost.
   *
   * @default 30_000
   */
  timeout?: number | false | ((request: WidgetRequest) => number | false) | undefined;
  /**
   * How many requests may wait at once. Those above it are answered with an `OVERLOADED` failure.
   *
   * @default 1_000
   */
  maxPending?: number | undefined;
  /**
   * The form of what the widget gets, failure replies included: `asJson`, `asBase64`, or a function of one's
   * own that gives it at once, and not as a promise.
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
  reply?: ((response: unknown) => unknown) | undefined;
  /**
   * What the widget gets, at once, for a failed request: what pages that banks published answer (`ok: false`,
   * `status: '600'` and a `statusMessage`), or what this function makes of it; unless the server's own error
   * answer is a reply (`ok: false`).
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
  /** Something that ends with the bridge: found as `bridge.queue`, and stopped by `dispose`. */
  queue?: QueuePoller | undefined;
  /** Disposes the bridge when it aborts. */
  signal?: AbortSignal | undefined;
}

/** The options as checked. */
export type BridgeSettings = BridgeOptions & {
  timeout: NonNullable<BridgeOptions['timeout']>;
  maxPending: number;
};

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readBridgeOptions(options: BridgeOptions): BridgeSettings {
  const {
    transport,
    timeout = 30_000,
    maxPending = 1_000,
    reply,
    failureReply,
    queue,
    signal,
  } = options ?? {};
  check('transport', transport, 'an object with a function send', isFunction(transport?.send));
  if (!isFunction(timeout)) checkTimeout(timeout);
  check('maxPending', maxPending, 'a positive integer', Number.isInteger(maxPending) && maxPending > 0);
  check('reply', reply, 'a function', reply === undefined || isFunction(reply));
  check('failureReply', failureReply, 'a function', failureReply === undefined || isFunction(failureReply));
  check('queue', queue, 'a QueuePoller', !queue || isFunction(queue.stop));
  check('signal', signal, 'an AbortSignal', !signal || isFunction(signal.addEventListener));
  return { transport, timeout, maxPending, reply, failureReply, queue, signal };
}

/** The timeout of one request, in ms. @throws INVALID_OPTIONS */
export function readTimeout(timeout: BridgeSettings['timeout'], request: WidgetRequest): number {
  let value: unknown = timeout;
  let cause: unknown;
  try {
    if (isFunction(timeout)) value = timeout(request);
  } catch (error) {
    cause = error;
  }
  return checkTimeout(value, cause) || Infinity;
}

function checkTimeout(timeout: unknown, cause?: unknown): number | false {
  const fits = timeout === false || (typeof timeout === 'number' && timeout > 0 && timeout < Infinity);
  check('timeout', timeout, 'a positive number of ms, or false', fits, cause);
  return timeout as number | false;
}

function check(option: string, received: unknown, expected: string, fits: boolean, cause?: unknown): void {
  if (!fits) throw invalid('INVALID_OPTIONS', option, expected, [received], cause);
}
