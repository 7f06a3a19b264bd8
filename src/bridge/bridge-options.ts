import { type AnyBanksideError, describe, invalidOption } from '../errors.ts';
import type { QueuePoller } from '../queue/poller.ts';
import type { Transport, WidgetRequest } from '../transport/transport.ts';

/** What {@link WidgetBridge} is made with. */
export interface BridgeOptions {
  /** What carries the requests. Whoever made it disposes it; a bridge never does. */
  transport: Transport;
  /**
   * How long a request may take, in ms, or a function that says so for each request. `false`: for ever, which leaves the widget waiting when the channel is lost.
   * @default 30_000
   */
  timeout?: number | false | ((request: WidgetRequest) => number | false) | undefined;
  /**
   * How many requests may wait at once. Those above it are answered with an `OVERLOADED` failure.
   * @default 1_000
   */
  maxPending?: number | undefined;
  /**
   * The form of what the widget gets, failure replies included: `asJson`, `asBase64`, or a function of one's own.
   * @default the parsed object
   */
  reply?: ((response: unknown) => unknown) | undefined;
  /**
   * What the widget gets for a failed request; by default what shipped pages answer:
   * `{ ok: false, status: '600', statusMessage: 'A network error occurred - check your network and try again.' }`
   */
  failureReply?: ((error: AnyBanksideError, request: WidgetRequest) => unknown) | undefined;
  /** The page's queue poller, if it has one: found as `bridge.queue`, and stopped by `dispose`. */
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
  check('transport', transport, 'an object with a send function', isFunction(transport?.send));
  if (!isFunction(timeout)) checkTimeout(timeout);
  check('maxPending', maxPending, 'a positive integer', Number.isInteger(maxPending) && maxPending > 0);
  check('reply', reply, 'a function', isFunction(reply ?? check));
  check('failureReply', failureReply, 'a function', isFunction(failureReply ?? check));
  check('queue', queue, 'a QueuePoller', !queue || isFunction(queue.stop));
  check('signal', signal, 'an AbortSignal', !signal || isFunction(signal.addEventListener));
  return { transport, timeout, maxPending, reply, failureReply, queue, signal };
}

/** The timeout of one request. @throws INVALID_OPTIONS */
export function readTimeout(timeout: BridgeSettings['timeout'], request: WidgetRequest): number {
  let value: number | false;
  try {
    value = isFunction(timeout) ? timeout(request) : timeout;
  } catch (cause) {
    throw invalidOption('timeout', 'a function that returns ms, or false', 'one that threw', cause);
  }
  checkTimeout(value);
  return value === false ? Infinity : value;
}

function checkTimeout(timeout: unknown): void {
  const isTime = typeof timeout === 'number' && timeout > 0 && timeout < Infinity;
  check('timeout', timeout, 'a positive number of ms, or false', isTime || timeout === false);
}

function check(option: string, received: unknown, expected: string, fits: boolean): void {
  if (!fits) throw invalidOption(option, expected, describe(received));
}

function isFunction(value: unknown): value is (...args: never[]) => unknown {
  return typeof value === 'function';
}
