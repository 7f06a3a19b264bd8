import { attempt, checkOption, isFunction, isSignal } from '../check.ts';
import { type Credential, CredentialSource } from '../credential.ts';
import { HttpClient } from '../http/client.ts';
import { checkClientOptions, type KyLike } from '../http/client-options.ts';
import { checkAllowInsecure, readEndpoint } from '../http/endpoint.ts';
import type { Fetch } from '../http/fetch-options.ts';
import { type HeadersOption, readHeaders } from '../http/headers.ts';
import { isTimeLimit, TIME_LIMIT } from '../time.ts';
import { DEFAULT_SCHEDULE, QUEUE_LIFE, type Schedule } from './pace/schedule.ts';
import { canBeAsked } from './server/can-be-asked.ts';
import type { ChannelKind } from './state/connections.ts';
import { canShare } from './tabs/tab-group.ts';

/** What {@link QueuePoller} is made with. */
export interface QueuePollerOptions {
  /**
   * The address under which `queues/…` and `connections/…` are found, with its version. https, or http on
   * loopback; relative to the page is allowed, also on a page that came over plain HTTP (see `allowInsecure`).
   *
   * @example
   * ```ts
   * import { QueuePoller } from 'bankside';
   *
   * new QueuePoller({ baseUrl: 'https://api.bank.example/linxo/v2.1', accessToken: false });
   * ```
   */
  baseUrl: string | URL;
  /**
   * Whether `baseUrl` may be relative to a page that came over plain HTTP, from elsewhere than this machine. Such a page is
   * told in the console, once, that what it sends can be read on the way. `false` refuses it with `INVALID_OPTIONS`.
   *
   * @default true
   */
  allowInsecure?: boolean | undefined;
  /** What the queue is about. @default ['connections'] */
  topics?: readonly string[] | undefined;
  /**
   * The user's access token, or the function that gets one: it travels as `authorization: Bearer …`, to
   * `baseUrl` alone. `false`: the bank's back end adds the header. A function that throws ends the request with `NETWORK`;
   * of what it threw, `cause` tells the kind alone, as it may quote a token. `stop({ forget: true })` forgets a token that is
   * given here: where users sign in and out on one page, give a function, or make a new poller for each session.
   */
  accessToken: Credential | false;
  /**
   * Further headers, or a function that gives them, which is called for each request. `authorization` is not
   * among them, unless `accessToken` is `false`. Of what the function throws, `cause` tells the kind alone, as it may quote a
   * header.
   *
   * @default none
   */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** Whether cookies are sent, as for `fetch`. @default that of `ky`, else 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /**
   * Says whether a channel is `EMBEDDED` (scraping) or `REDIRECT` (PSD2 API), for pages that know the
   * provider's channels. Never guessed.
   *
   * @default unknown
   */
  channelKind?: ((channelDefinitionId: string) => ChannelKind | undefined) | undefined;
  /**
   * A queue that the vendor's widget, or an earlier page, got for this user. `stop({ forget: true })` forgets it.
   *
   * @default the stored one, or a new one
   */
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
  /**
   * Sends instead of the page's `fetch`, and is called as that is: with an address and options. It must not follow
   * redirects on its own: `redirect` of the options is `'manual'`.
   *
   * @default that of `ky`, else the page's
   */
  fetch?: Fetch | undefined;
  /**
   * The page's own instance of ky (1.14 or later, or ky 2, of any copy), with its hooks and headers; the option `headers`
   * wins over those. No hook sees the token, which is added behind all of them; one that leads a request to another address
   * or gives it another method stops the poller with `INVALID_OPTIONS`. What else the instance says of address, body,
   * referrer, repeats, timeout, redirects and `throwHttpErrors` does not count: the poller's own rules do. A hook that throws
   * at an error status keeps a 401 from being answered with a fresh token.
   *
   * @default an instance without hooks
   */
  ky?: KyLike | undefined;
  /** Stops the poller when it aborts. */
  signal?: AbortSignal | undefined;
}

/** The options as checked, with their defaults. */
export interface QueueSettings
  extends Pick<QueuePollerOptions, 'channelKind' | 'queueId' | 'user' | 'signal'> {
  readonly baseUrl: URL;
  readonly topics: readonly string[];
  readonly client: HttpClient;
  readonly headers: HeadersOption;
  /** Whether tabs share: as the page wants, and where they can. */
  readonly share: boolean;
  readonly storage: Storage | undefined;
  readonly schedule: Schedule;
  readonly timeout: number;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readQueueOptions(options: QueuePollerOptions): QueueSettings {
  const given = options ?? ({} as QueuePollerOptions);
  const {
    topics = ['connections'],
    headers,
    credentials,
    channelKind,
    queueId,
    user,
    fetch,
    ky,
    signal,
  } = given;
  const { accessToken, share = user !== undefined, storage, schedule, timeout = 30_000 } = given;
  checkAllowInsecure(given.allowInsecure);
  const baseUrl = readEndpoint('baseUrl', given.baseUrl, given.allowInsecure);
  baseUrl.pathname = baseUrl.pathname.replace(/\/*$/, '/');
  baseUrl.search = '';
  const areTopics = Array.isArray(topics) && topics.length > 0 && topics.every(isText);
  checkOption(areTopics, 'topics', 'an array of texts', topics);
  checkClientOptions({ credentials, fetch, ky });
  const isKind = channelKind === undefined || isFunction(channelKind);
  checkOption(isKind, 'channelKind', 'a function', channelKind);
  checkOption(queueId === undefined || canBeAsked(queueId), 'queueId', 'the id of a queue', queueId);
  checkOption(user === undefined || isText(user), 'user', 'a text', user);
  const isShare = share === false || (share === true && !!user);
  checkOption(isShare, 'share', 'true with the option user, or false', share);
  const isStorage = storage === undefined || storage === false || isFunction(storage?.getItem);
  checkOption(isStorage, 'storage', 'a Storage, or false', storage);
  checkOption(isTimeLimit(timeout), 'timeout', TIME_LIMIT, timeout);
  checkOption(signal === undefined || isSignal(signal), 'signal', 'an AbortSignal', signal);
  // Each by its name: the rest, `accessToken` above all, is not kept beside what can be forgotten.
  return {
    channelKind,
    queueId,
    user,
    signal,
    baseUrl,
    topics,
    client: new HttpClient({
      ky,
      fetch,
      credentials,
      credential: accessToken === false ? undefined : new CredentialSource('accessToken', accessToken),
      tokenHeader: (token) => ({ authorization: `Bearer ${token}` }),
    }),
    headers: isFunction(headers) ? headers : readHeaders(headers),
    share: share && canShare(),
    // A page in a sandboxed frame has none, and throws when it is looked for.
    storage: storage === undefined ? attempt(() => globalThis.sessionStorage) : storage || undefined,
    schedule: readSchedule(schedule),
    timeout,
  };
}

function readSchedule(given: Partial<Schedule> = {}): Schedule {
  checkOption(Object(given) === given, 'schedule', 'an object of times in ms', given);
  const set = Object.entries(given).filter(([, ms]) => ms !== undefined);
  for (const [name, ms] of set) {
    const option = `schedule.${name}`;
    checkOption(
      Object.hasOwn(DEFAULT_SCHEDULE, name),
      option,
      `one of ${Object.keys(DEFAULT_SCHEDULE).join(', ')}`,
      ms,
    );
    checkOption(isTimeLimit(ms), option, TIME_LIMIT, ms);
  }
  const schedule: Schedule = { ...DEFAULT_SCHEDULE, ...Object.fromEntries(set) };
  const { keepAlive } = schedule;
  const keepsAlive = `less than the ${QUEUE_LIFE} ms that a queue lives`;
  checkOption(keepAlive < QUEUE_LIFE, 'schedule.keepAlive', keepsAlive, keepAlive);
  return schedule;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
