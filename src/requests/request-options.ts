import { checkOption, invalidOption, isFunction } from '../check.ts';
import { type AnyBanksideError, type BanksideError, redactedCause } from '../errors.ts';
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
  let given = timeout;
  try {
    if (isFunction(given)) given = given(request);
  } catch (thrown) {
    throw functionThrew('timeout', thrown);
  }
  checkTimeout(given);
  return (given as number) || Infinity;
}

/** For a function that was given as an option, and threw when a request called it. */
export function functionThrew(option: string, thrown: unknown): BanksideError<'INVALID_OPTIONS'> {
  const expected = 'a function that does not throw';
  return invalidOption(option, expected, 'one that threw', redactedCause(thrown));
}

function checkTimeout(timeout: unknown): void {
  const fits = timeout === false || (Number.isFinite(timeout) && (timeout as number) > 0);
  checkOption(fits, 'timeout', 'a positive number of ms, or false', timeout);
}
