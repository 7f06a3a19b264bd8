/**
 * Which of the bank's servers a request is meant for: the widget's own (`pserver`), Enrich, or Open Banking
 * (`ob`).
 */
export type ServerName = 'pserver' | 'enrich' | 'ob';

export const SERVER_NAMES: readonly ServerName[] = ['pserver', 'enrich', 'ob'];

/** What an error says about its request. Never a token, a header or a body. */
export interface RequestErrorDetails {
  /** In an error of a `QueuePoller`: the id of the queue or connection. */
  readonly requestId: string | number;
  /** `'queue'` in an error of a `QueuePoller`. */
  readonly server: ServerName | 'queue';
  /**
   * The command or Open Banking function, when the body named one. In an error of a `QueuePoller`:
   * `'subscribe'`, `'poll'`, `'connection'` or `'whenSynced'`.
   */
  readonly type: string | undefined;
  /** In ms, since the widget or the page made the call. In an error of a transport: since it got the request. */
  readonly elapsed: number;
  /** HTTP status of the server's answer, if there was one; 0 for a redirect that a browser hid. */
  readonly status?: number | undefined;
}

/**
 * What an error says about a value that does not fit. `received` has its type. It shows the value only where that is a number,
 * a boolean, the scheme and host of an address, or the name of an unknown server.
 */
export interface MismatchDetails {
  /** What fits, in words. */
  readonly expected: string;
  /** What was given, in words. Only the type, where the value may be secret. */
  readonly received: string;
}

/** The `details` of each error code. Codes and details follow semver; messages do not. */
export interface ErrorDetails {
  /**
   * An option of a constructor or factory does not fit. Or a function that was given as an option returned what does not fit,
   * or threw, during a request; then the request has ended.
   */
  INVALID_OPTIONS: MismatchDetails & {
    /** Its name, with a dot before its part: `retry.limit`. */
    readonly option: string;
  };
  /** The widget or the page made a call with arguments that do not fit. */
  INVALID_CALL: MismatchDetails & {
    /** The name of the function. */
    readonly call: string;
  };
  /** The widget sent a request again while its `requestId` was pending: it gets the answer to the first. */
  DUPLICATE_REQUEST: RequestErrorDetails;
  /** More requests are pending than `maxPending` allows. */
  OVERLOADED: RequestErrorDetails & {
    /** How many requests may be pending at once. */
    readonly maxPending: number;
  };
  /** The transport has no address for the request's server. */
  NO_ENDPOINT: RequestErrorDetails;
  /** There is no widget for a reply; or no app, window or worker for a request. */
  NO_CHANNEL: Partial<RequestErrorDetails>;
  /** No answer in time. */
  TIMEOUT: RequestErrorDetails & {
    /** The time limit, in ms. */
    readonly timeout: number;
    /** How long the page was frozen, blocked or asleep when the time was over, in ms. Missing if it was not. */
    readonly stoodStill?: number | undefined;
  };
  /** The channel failed before an answer came. */
  NETWORK: RequestErrorDetails;
  /** The server answered with an error status, or with a redirect. Redirects are not followed. */
  HTTP: RequestErrorDetails & {
    /** HTTP status; 0 for a redirect that a browser hid. */
    readonly status: number;
  };
  /** The server answered 401, also to a fresh token, or there is no function to ask for one. */
  UNAUTHORIZED: RequestErrorDetails;
  /** The answer is not readable, does not fit the given schema, or made the widget throw. */
  INVALID_RESPONSE: RequestErrorDetails & MismatchDetails;
  /** The page aborted the request by its signal, or detached the widget. */
  ABORTED: RequestErrorDetails;
  /** The bridge or the transport was disposed, the poller was stopped or has failed, or `servePort` was stopped. */
  DISPOSED: Partial<RequestErrorDetails>;
  /** The event queue is gone. */
  QUEUE_EXPIRED: {
    /** The id of that queue. */
    readonly queueId: string;
  };
  /** `loadWidget` did not get the widget. */
  LOAD_FAILED: {
    /** The address of the script that it was about, without its query. */
    readonly src: string;
    /** The name of the global object that was expected. */
    readonly global: string;
    /**
     * - `blocked`: by the page's content security policy, or by Trusted Types
     * - `failed`: not found, the network failed, or the file does not match `integrity`
     * - `threw`: the script threw while it ran, and the global is missing, or a list of scripts is not complete
     * - `no-global`: the script has run, or was on the page before, and the global is still missing
     * - `timeout`: the script has not run in time
     */
    readonly reason: 'blocked' | 'failed' | 'threw' | 'no-global' | 'timeout';
    /** What has blocked it: a directive of the policy. */
    readonly directive?: string | undefined;
    /** HTTP status, where the browser shows it. Some engines never do, and others not for another origin. */
    readonly status?: number | undefined;
  };
}

/** What happened. A code never changes its meaning within a major version. */
export type ErrorCode = keyof ErrorDetails;

/** The codes of errors about one request. */
export type RequestErrorCode = Exclude<
  ErrorCode,
  'INVALID_OPTIONS' | 'INVALID_CALL' | 'QUEUE_EXPIRED' | 'LOAD_FAILED'
>;

const CODES: Readonly<Record<ErrorCode, true>> = {
  INVALID_OPTIONS: true,
  INVALID_CALL: true,
  DUPLICATE_REQUEST: true,
  OVERLOADED: true,
  NO_ENDPOINT: true,
  NO_CHANNEL: true,
  TIMEOUT: true,
  NETWORK: true,
  HTTP: true,
  UNAUTHORIZED: true,
  INVALID_RESPONSE: true,
  ABORTED: true,
  DISPOSED: true,
  QUEUE_EXPIRED: true,
  LOAD_FAILED: true,
};

/** Whether this version knows the code. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(CODES, code);
}

const brand = Symbol.for('bankside.error');

/**
 * Every error that this package throws, rejects with or emits. `code` says what happened, `details` where, and `cause` why,
 * if something else threw first. Recognise one by {@link isBanksideError}, not by `instanceof`: a page can have two copies of
 * the package, with two classes. Your own transport may throw one too; it is then emitted unchanged.
 *
 * @example
 * ```ts
 * import { isBanksideError, type WidgetBridge } from 'bankside';
 *
 * declare const bridge: WidgetBridge;
 * bridge.on('failure', ({ error }) => {
 *   if (!isBanksideError(error, 'TIMEOUT')) return;
 *   const { server, type, timeout } = error.details;
 *   console.warn(`${server} did not answer ${type} in ${timeout} ms`);
 * });
 * ```
 */
export class BanksideError<K extends ErrorCode = ErrorCode> extends Error {
  /** A class field is defined, not assigned: assigning fails where a page has frozen `Error.prototype`. */
  override readonly name = 'BanksideError';
  /** What happened. */
  declare readonly code: K;
  /** Where it happened. The fields depend on the code. */
  declare readonly details: ErrorDetails[K];

  constructor(code: K, message: string, details: ErrorDetails[K], options?: ErrorOptions) {
    super(message, options);
    // Also the brand: as a computed key in the class body it would be a side effect, and stop tree-shaking.
    Object.assign(this, { code, details, [brand]: true });
  }
}

/** The union of all errors, or of those with these codes. Checking `code` narrows the type of `details`. */
export type AnyBanksideError<Codes extends ErrorCode = ErrorCode> = { [K in Codes]: BanksideError<K> }[Codes];

/**
 * Whether a value is an error of this package, from any copy of it on the page.
 *
 * @param value Anything that was caught.
 * @param code Only this code. Default: any.
 */
export function isBanksideError<K extends ErrorCode = ErrorCode>(
  value: unknown,
  code?: K,
): value is AnyBanksideError<K> {
  try {
    const { [brand]: isBranded, code: own } = value as { [brand]?: unknown; code?: unknown };
    return isBranded === true && typeof own === 'string' && (code ?? own) === own;
  } catch {
    return false; // nothing to read from, or a proxy that throws
  }
}

/** Names of errors in engines and libraries. A token does not look like this. */
const ERROR_NAME = /^[A-Z][A-Za-z]{0,40}(Error|Exception)$|^Error$/;

/**
 * An error that is safe as the `cause` of another: it only has the name of what a function of the page or the widget threw.
 * Message, fields and stack are not copied, as they may contain a token, a header or a body.
 */
export function redactedCause(thrown: unknown): Error {
  const name = errorName(thrown);
  const what = name ?? `a value of type ${typeof thrown}`;
  return namedError(name, `The function threw ${what}. Its message is not copied`);
}

/** The name of an error, if it looks like one. */
export function errorName(thrown: unknown): string | undefined {
  try {
    const { name } = thrown as Error;
    return typeof name === 'string' && ERROR_NAME.test(name) ? name : undefined;
  } catch {
    return undefined; // not an object, or its getter throws
  }
}

export function namedError(name: string | undefined, message: string, options?: ErrorOptions): Error {
  const error = new Error(message, options);
  // Defined, not assigned: assigning fails where a page has frozen `Error.prototype`.
  return Object.defineProperty(error, 'name', { value: name ?? 'Error', configurable: true });
}
