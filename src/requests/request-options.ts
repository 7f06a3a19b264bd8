import { checkOption, invalidOption, isFunction, isThenable } from '../check.ts';
import { callSafely } from '../emitter.ts';
import { type AnyBanksideError, redactedCause } from '../errors.ts';
import type { Transport, WidgetRequest } from '../transport/transport.ts';

/** The options of a bridge or a WebView host that are about requests. `BridgeOptions` documents them. */
export interface RequestSettings {
  readonly transport: Transport;
  readonly timeout: number | false | ((request: WidgetRequest) => number | false);
  readonly maxPending: number;
  readonly reply: ((response: unknown, text?: string) => unknown) | undefined;
  readonly failureReply: ((error: AnyBanksideError, request: WidgetRequest) => unknown) | undefined;
}

/** As given, before they are checked. */
type RequestOptions = { readonly [K in keyof RequestSettings]?: RequestSettings[K] | undefined };

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readRequestOptions(options: RequestOptions | undefined): RequestSettings {
  const { transport, timeout = 30_000, maxPending = 1_000, reply, failureReply } = options ?? {};
  const isOptional = (value: unknown): boolean => value === undefined || isFunction(value);
  checkOption(isFunction(transport?.send), 'transport', 'an object with a function send', transport);
  if (!isFunction(timeout)) checkTimeout(timeout);
  checkOption(Number.isInteger(maxPending) && maxPending > 0, 'maxPending', 'a positive integer', maxPending);
  checkOption(isOptional(reply), 'reply', 'a function', reply);
  checkOption(isOptional(failureReply), 'failureReply', 'a function', failureReply);
  return { transport: transport as Transport, timeout, maxPending, reply, failureReply };
}

/** The timeout of one request, in ms. @throws INVALID_OPTIONS */
export function readTimeout(timeout: RequestSettings['timeout'], request: WidgetRequest): number {
  const given = isFunction(timeout) ? callOption('timeout', () => timeout(request)) : timeout;
  checkTimeout(given);
  return given || Infinity;
}

/**
 * Calls a function that was given as an option, for a request.
 *
 * @throws INVALID_OPTIONS if it throws, or if it returns a promise, since the request does not wait.
 */
export function callOption<T>(option: string, call: () => T): T {
  let result: T;
  try {
    result = call();
  } catch (thrown) {
    const expected = 'a function that does not throw';
    throw invalidOption(option, expected, 'one that threw', redactedCause(thrown));
  }
  if (!isThenable(result)) return result;
  callSafely(() => result); // so that its rejection is reported, as for other functions of the page
  throw invalidOption(option, 'a function that returns no promise', 'one that returned a promise');
}

function checkTimeout(timeout: unknown): void {
  const fits = timeout === false || (Number.isFinite(timeout) && (timeout as number) > 0);
  checkOption(fits, 'timeout', 'a positive number of ms, or false', timeout);
}
