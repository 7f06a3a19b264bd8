import { type Credential, CredentialSource } from '../credential.ts';
import { invalid } from '../errors.ts';
import { readEndpoint } from '../http/endpoint.ts';
import { isFunction } from '../is-function.ts';
import type { ChannelKind } from './connections.ts';
import { DEFAULT_SCHEDULE, QUEUE_LIFE, type Schedule } from './schedule.ts';
import { isTimeLimit, TIME_LIMIT } from './time-limit.ts';

/** What {@link QueuePoller} is made with. */
export interface QueuePollerOptions {
  /**
   * The address under which `queues/…` and `connections/…` are found, with its version. https, or http on
   * loopback; relative to the page is allowed.
   *
   * @example
   * ```ts
   * import { QueuePoller } from 'bankside';
   *
   * new QueuePoller({ baseUrl: 'https://api.bank.example/linxo/v2.1', accessToken: false });
   * ```
   */
  baseUrl: string | URL;
  /** What the queue is about. @default ['connections'] */
  topics?: readonly string[] | undefined;
  /**
   * The user's access token, or the function that gets one: it travels as `authorization: Bearer …`, to
   * `baseUrl` alone. `false`: the bank's back end adds the header.
   */
  accessToken: Credential | false;
  /**
   * Further headers, or a function that gives them, which is called for each request. `authorization` is not
   * among them, unless `accessToken` is `false`. What the function throws is dropped, as it may quote a header.
   *
   * @default none
   */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** Whether cookies are sent, as for `fetch`. @default 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /**
   * Says whether a channel is `EMBEDDED` (scraping) or `REDIRECT` (PSD2 API), for pages that know the
   * provider's channels. Never guessed.
   *
   * @default unknown
   */
  channelKind?: ((channelDefinitionId: string) => ChannelKind | undefined) | undefined;
  /** A queue that the vendor's widget, or an earlier page, got for this user. @default the stored one, or a new one */
  queueId?: string | undefined;
  /**
   * A key for this user, the same on all pages: it keeps storage and tabs of different users apart. It need
   * not be a name; a hash will do.
   *
   * @default none
   */
  user?: string | undefined;
  /**
   * One tab of this user polls for all, where the browser has `navigator.locks` and `BroadcastChannel`. Needs
   * `user`.
   *
   * @default true when user is given
   */
  share?: boolean | undefined;
  /**
   * Where the queue's id, and those of the connections, outlive the page, so that a redirect to the bank and
   * back loses nothing. `false`: nowhere.
   *
   * @default sessionStorage
   */
  storage?: Storage | false | undefined;
  /** When to poll, in ms. What is left out has its default. */
  schedule?: Partial<Schedule> | undefined;
  /** How long one request may take, the ask for a token included, in ms. @default 30_000 */
  timeout?: number | undefined;
  /** Sends instead of the page's `fetch`. It gets a whole `Request`, and must not follow redirects on its own. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Stops the poller when it aborts. */
  signal?: AbortSignal | undefined;
}

/** The options as checked, with their defaults. */
export interface QueueSettings {
  readonly baseUrl: URL;
  readonly topics: readonly string[];
  readonly accessToken: CredentialSource | undefined;
  readonly headers: QueuePollerOptions['headers'];
  readonly credentials: RequestCredentials | undefined;
  readonly channelKind: QueuePollerOptions['channelKind'];
  readonly queueId: string | undefined;
  readonly user: string | undefined;
  readonly share: boolean;
  readonly storage: Storage | undefined;
  readonly schedule: Schedule;
  readonly timeout: number;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readQueueOptions(options: QueuePollerOptions): QueueSettings {
  const given = options ?? ({} as QueuePollerOptions);
  const { topics = ['connections'], headers, credentials, channelKind, queueId, user, fetch, signal } = given;
  const { accessToken, share = user !== undefined, storage, schedule, timeout = 30_000 } = given;
  const baseUrl = readEndpoint('baseUrl', given.baseUrl);
  baseUrl.pathname = baseUrl.pathname.replace(/\/*$/, '/');
  baseUrl.search = '';
  check(
    'topics',
    topics,
    'an array of texts',
    Array.isArray(topics) && topics.length > 0 && topics.every(isText),
  );
  if (!isFunction(headers)) checkHeaders(headers);
  const modes = ['omit', 'same-origin', 'include', undefined];
  check('credentials', credentials, "'omit', 'same-origin' or 'include'", modes.includes(credentials));
  check('channelKind', channelKind, 'a function', channelKind === undefined || isFunction(channelKind));
  check('queueId', queueId, 'a text', queueId === undefined || isText(queueId));
  check('user', user, 'a text', user === undefined || isText(user));
  check('share', share, 'true with the option user, or false', share === false || (share === true && !!user));
  check(
    'storage',
    storage,
    'a Storage, or false',
    storage === undefined || storage === false || isFunction(storage?.getItem),
  );
  check('timeout', timeout, TIME_LIMIT, isTimeLimit(timeout));
  check('fetch', fetch, 'a function', fetch === undefined || isFunction(fetch));
  check('signal', signal, 'an AbortSignal', signal === undefined || isFunction(signal?.addEventListener));
  return {
    baseUrl,
    topics,
    accessToken: accessToken === false ? undefined : new CredentialSource('accessToken', accessToken),
    headers,
    credentials,
    channelKind,
    queueId,
    user,
    share,
    storage: storage === undefined ? sessionStorageIfAny() : storage || undefined,
    schedule: readSchedule(schedule),
    timeout,
    fetch,
    signal,
  };
}

/** Headers as fetch takes them. What the engine says of bad ones may quote them, and is dropped. */
export function checkHeaders(headers: HeadersInit | undefined): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw invalid('INVALID_OPTIONS', 'headers', 'names and values that HTTP allows', [headers]);
  }
}

function readSchedule(given: Partial<Schedule> = {}): Schedule {
  check('schedule', given, 'an object of times in ms', Object(given) === given);
  const set = Object.entries(given).filter(([, ms]) => ms !== undefined);
  for (const [name, ms] of set) {
    check(
      `schedule.${name}`,
      ms,
      'one of close, closeFor, idle, hidden, keepAlive, reconcile',
      Object.hasOwn(DEFAULT_SCHEDULE, name),
    );
    check(`schedule.${name}`, ms, TIME_LIMIT, isTimeLimit(ms));
  }
  const schedule: Schedule = { ...DEFAULT_SCHEDULE, ...Object.fromEntries(set) };
  const { keepAlive } = schedule;
  check(
    'schedule.keepAlive',
    keepAlive,
    `less than the ${QUEUE_LIFE} ms that a queue lives`,
    keepAlive < QUEUE_LIFE,
  );
  return schedule;
}

/** A page in a sandboxed frame has none, and throws when it is looked for. */
function sessionStorageIfAny(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function check(option: string, received: unknown, expected: string, fits: boolean): void {
  if (!fits) throw invalid('INVALID_OPTIONS', option, expected, [received]);
}
