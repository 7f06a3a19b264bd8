import { checkOption, invalidOption, isFunction, isSignal } from '../check.ts';
import { type AnyBanksideError, type BanksideError, redactedCause } from '../errors.ts';
import type { QueuePoller } from '../queue/poller.ts';
import type { Transport, WidgetRequest } from '../transport/transport.ts';

/** What {@link WidgetBridge} is made with. */
export interface BridgeOptions {
  /** What carries the requests. You dispose the transport. The bridge does not. */
  transport: Transport;
  /**
   * How long a request may take, in ms, or a function that says so for each request. `false`: for ever, which
   * leaves the widget waiting when the channel is lost.
   *
   * @default 30_000
   */
  timeout?: number | false | ((request: WidgetRequest) => number | false) | undefined;
  /**
   * How many calls may wait for an answer at once, those included that ask the same under an id that is pending, and
   * wait with callbacks of their own. Those above it are answered with an `OVERLOADED` failure.
   *
   * @default 1_000
   */
  maxPending?: number | undefined;
  /**
   * The form of what the widget gets, failure replies included: `asJson`, `asBase64`, or a function that returns it,
   * and no promise. It is given the parsed reply and, where the server wrote JSON, the server's text.
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
  const isOptional = (value: unknown): boolean => value === undefined || isFunction(value);
  checkOption(isFunction(transport?.send), 'transport', 'an object with a function send', transport);
  if (!isFunction(timeout)) checkTimeout(timeout);
  checkOption(Number.isInteger(maxPending) && maxPending > 0, 'maxPending', 'a positive integer', maxPending);
  checkOption(isOptional(reply), 'reply', 'a function', reply);
  checkOption(isOptional(failureReply), 'failureReply', 'a function', failureReply);
  checkOption(!queue || isFunction(queue.stop), 'queue', 'a QueuePoller', queue);
  checkOption(!signal || isSignal(signal), 'signal', 'an AbortSignal', signal);
  return { ...options, timeout, maxPending };
}

/** The timeout of one request, in ms. @throws INVALID_OPTIONS */
export function readTimeout(timeout: BridgeSettings['timeout'], request: WidgetRequest): number {
  let given = timeout;
  try {
    if (isFunction(given)) given = given(request);
  } catch (thrown) {
    throw functionThrew('timeout', thrown);
  }
  checkTimeout(given);
  return (given as number) || Infinity;
}

/** A function that was given as an option threw when it was asked. */
export function functionThrew(option: string, thrown: unknown): BanksideError<'INVALID_OPTIONS'> {
  const expected = 'a function that does not throw';
  return invalidOption(option, expected, 'one that threw', redactedCause(thrown));
}

function checkTimeout(timeout: unknown): void {
  const fits = timeout === false || (Number.isFinite(timeout) && (timeout as number) > 0);
  checkOption(fits, 'timeout', 'a positive number of ms, or false', timeout);
}
