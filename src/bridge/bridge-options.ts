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

/** The options as checked, with their defaults. */
export type BridgeSettings = Pick<BridgeOptions, 'queue' | 'signal'> & {
  [K in Exclude<keyof BridgeOptions, 'queue' | 'signal'>]-?: NonNullable<BridgeOptions[K]>;
};

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readBridgeOptions(options: BridgeOptions): BridgeSettings {
  const given = (options ?? {}) as BridgeOptions;
  const settings = {
    ...given,
    timeout: given.timeout ?? 30_000,
    maxPending: given.maxPending ?? 1_000,
    reply: given.reply ?? ((response: unknown) => response),
    failureReply: given.failureReply ?? networkErrorReply,
  };
  const { transport, timeout, maxPending, reply, failureReply, queue, signal } = settings;
  check(typeof transport?.send === 'function', 'transport', 'an object with a send function', transport);
  if (typeof timeout !== 'function') checkTimeout(timeout);
  check(Number.isInteger(maxPending) && maxPending > 0, 'maxPending', 'a positive integer', maxPending);
  check(typeof reply === 'function', 'reply', 'a function', reply);
  check(typeof failureReply === 'function', 'failureReply', 'a function', failureReply);
  check(queue === undefined || typeof queue?.stop === 'function', 'queue', 'a QueuePoller', queue);
  check(
    signal === undefined || typeof signal?.addEventListener === 'function',
    'signal',
    'an AbortSignal',
    signal,
  );
  return settings;
}

/** The timeout of one request. @throws INVALID_OPTIONS */
export function readTimeout(timeout: BridgeSettings['timeout'], request: WidgetRequest): number | false {
  let value: number | false;
  try {
    value = typeof timeout === 'function' ? timeout(request) : timeout;
  } catch (cause) {
    throw invalidOption('timeout', 'a function that returns ms, or false', 'one that threw', cause);
  }
  checkTimeout(value);
  return value;
}

function checkTimeout(timeout: unknown): void {
  const fits =
    timeout === false || (typeof timeout === 'number' && timeout > 0 && timeout < Number.POSITIVE_INFINITY);
  check(fits, 'timeout', 'a positive number of ms, or false', timeout);
}

function check(fits: boolean, option: string, expected: string, received: unknown): void {
  if (!fits) throw invalidOption(option, expected, describe(received));
}

/** The failure reply that shipped pages give: seen in integration code that banks and vendors published. */
export function networkErrorReply(): unknown {
  return {
    ok: false,
    status: '600',
    statusMessage: 'A network error occurred - check your network and try again.',
  };
}
