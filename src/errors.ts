/**
 * Which of the bank's servers a request is meant for: the widget's own (`pserver`), Enrich, or Open Banking
 * (`ob`).
 */
export type ServerName = 'pserver' | 'enrich' | 'ob';

/** What an error tells of the request that it ended. Never a token, a header or a body. */
export interface RequestErrorDetails {
  /** In an error of a `QueuePoller`: the id of the queue or the connection that was asked for. */
  readonly requestId: string | number;
  /** `'queue'` in an error of a `QueuePoller`. */
  readonly server: ServerName | 'queue';
  /**
   * The command or Open Banking function, when the body named one. In an error of a `QueuePoller`:
   * `'subscribe'`, `'poll'`, `'connection'` or `'whenSynced'`.
   */
  readonly type: string | undefined;
  /**
   * In ms, from the call of the widget's or the page's; in an error of a transport, from when it got the
   * request.
   */
  readonly elapsed: number;
  /** HTTP status of the server's answer, when there was one; 0 for a redirect that a browser hid. */
  readonly status?: number | undefined;
}

/**
 * What an error tells of a value that did not fit. `received` says its type, and holds no more of it than a
 * number, a boolean, the scheme and host of an address, or the name of an unknown server.
 */
export interface MismatchDetails {
  /** What would have fitted, in words. */
  readonly expected: string;
  /** What came, in words; of a value that may be secret, its type alone. */
  readonly received: string;
}

/** The `details` of each error code. Codes and details follow semver; messages do not. */
export interface ErrorDetails {
  /**
   * An option of a constructor or factory that does not fit. Also what a function given as an option returned
   * or threw, when a request asked it; that ends the request.
   */
  INVALID_OPTIONS: MismatchDetails & {
    /** Its name, with a dot before the part of it that does not fit: `retry.limit`. */
    readonly option: string;
  };
  /** A call with arguments that fit no known shape: the widget's, or the page's own. */
  INVALID_CALL: MismatchDetails & {
    /** The name of the function that was called. */
    readonly call: string;
  };
  /** The widget asked the same again, with a `requestId` that is still pending: it gets the answer to the first. */
  DUPLICATE_REQUEST: RequestErrorDetails;
  /** More requests at once than `maxPending` allows. */
  OVERLOADED: RequestErrorDetails & {
    /** How many may be pending at once. */
    readonly maxPending: number;
  };
  /** The transport knows no address for the request's server. */
  NO_ENDPOINT: RequestErrorDetails;
  /** There is no widget to hand a reply to; or no app, window or worker to hand a request to. */
  NO_CHANNEL: Partial<RequestErrorDetails>;
  /** No answer in time. */
  TIMEOUT: RequestErrorDetails & {
    /** How long was waited, in ms. */
    readonly timeout: number;
    /**
     * How long the page stood still when that time was over, in ms: frozen, blocked, or asleep. Missing where it ran.
     */
    readonly stoodStill?: number | undefined;
  };
  /** The channel failed before there was an answer. */
  NETWORK: RequestErrorDetails;
  /** The server answered with an error status, or with a redirect, which is not followed. */
  HTTP: RequestErrorDetails & {
    /** HTTP status; 0 for a redirect that a browser hid. */
    readonly status: number;
  };
  /**
   * The server answered 401: to a fresh token too, or where none could be asked for (a fixed token, or none).
   */
  UNAUTHORIZED: RequestErrorDetails;
  /** An answer that cannot be read, that does not fit the given schema, or that the widget threw at. */
  INVALID_RESPONSE: RequestErrorDetails & MismatchDetails;
  /** Given up by the page: its signal, or the widget was detached. */
  ABORTED: RequestErrorDetails;
  /** The bridge or the transport was disposed, the poller was stopped or has failed, or whoever serves has ended. */
  DISPOSED: Partial<RequestErrorDetails>;
  /** The event queue is gone. */
  QUEUE_EXPIRED: {
    /** The id of the one that is gone. */
    readonly queueId: string;
  };
}

/** What an error is about. A code never changes its meaning within a major version. */
export type ErrorCode = keyof ErrorDetails;

/** The codes of errors about one request. */
export type RequestErrorCode = {
  [K in keyof ErrorDetails]: Partial<RequestErrorDetails> extends ErrorDetails[K]
    ? K
    : ErrorDetails[K] extends RequestErrorDetails
      ? K
      : never;
}[keyof ErrorDetails];

const brand = Symbol.for('bankside.error');

/**
 * Every error that this package throws, rejects with or tells in an event. `code` says what happened,
 * `details` where, `cause` why, when something else threw first. Use {@link isBanksideError} to recognise
 * one: pages can hold two copies of the package, whose classes differ. A transport of the page's own may
 * throw one too: it is then told as it is.
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
  /** Defined, not assigned: an `Error.prototype` that a page has frozen forbids the latter. */
  override readonly name = 'BanksideError';
  /** What happened. */
  declare readonly code: K;
  /** Where it happened: the fields depend on the code. */
  declare readonly details: ErrorDetails[K];

  constructor(code: K, message: string, details: ErrorDetails[K], options?: ErrorOptions) {
    super(message, options);
    // The brand too, and not as a member: a computed key in the class body counts as a side effect and
    // defeats tree-shaking.
    Object.assign(this, { code, details, [brand]: true });
  }
}

/** The union of all errors, or of those with these codes, so that testing `code` narrows `details`. */
export type AnyBanksideError<Codes extends ErrorCode = ErrorCode> = { [K in Codes]: BanksideError<K> }[Codes];

/**
 * Whether a value is an error of this package (of any copy of it on the page), and of the given code.
 *
 * @param value Anything that was caught.
 * @param code Only this code; default: any.
 */
export function isBanksideError<K extends ErrorCode = ErrorCode>(
  value: unknown,
  code?: K,
): value is AnyBanksideError<K> {
  try {
    return (
      typeof value === 'object' &&
      value !== null &&
      brand in value &&
      (code === undefined || (value as { code?: unknown }).code === code)
    );
  } catch {
    return false; // a proxy that answers no question
  }
}

/** Names that engines and libraries give to errors. A token does not look like this. */
const ERROR_NAME = /^[A-Z][A-Za-z]{0,40}(Error|Exception)$|^Error$/;

/**
 * An error that is safe to be the `cause` of another: it has the name of what a function of the page or the widget threw.
 * Its message, its fields and its stack are not copied: they may hold a token, a header or a body.
 */
export function redactedCause(thrown: unknown): Error {
  const name = errorName(thrown);
  const what = name ?? `a value of type ${typeof thrown}`;
  return namedError(name, `The function threw ${what}. No more is told of it`);
}

/** The name of an error, unless it does not look like one. */
export function errorName(thrown: unknown): string | undefined {
  try {
    const { name } = thrown as Error;
    return typeof name === 'string' && ERROR_NAME.test(name) ? name : undefined;
  } catch {
    return undefined; // not an object, or one whose getter throws
  }
}

/** Makes an error with a name. */
export function namedError(name: string | undefined, message: string, options?: ErrorOptions): Error {
  const error = new Error(message, options);
  // Defined, not assigned: assigning fails where a page has frozen `Error.prototype`.
  return Object.defineProperty(error, 'name', { value: name ?? 'Error', configurable: true });
}
