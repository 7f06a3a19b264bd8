import { checkOption, checkSignal, isFunction, isNonEmptyString, isObject } from '../check.ts';
import { type Credential, CredentialSource } from '../credential.ts';
import { callSafely } from '../emitter.ts';
import { checkPageOptions, HttpClient, type KyLike } from '../http/client.ts';
import { checkAllowInsecure, type Endpoint, readEndpoint } from '../http/endpoint.ts';
import type { Fetch } from '../http/fetch-options.ts';
import { readHeaders } from '../http/headers.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';
import { isTimeLimit, TIME_LIMIT } from '../time.ts';
import { DEFAULT_SCHEDULE, QUEUE_LIFE, type Schedule } from './pace/schedule.ts';
import { isAddressableId } from './server/addressable-id.ts';
import type { QueueApiSettings } from './server/queue-api.ts';
import { CHANNEL_KINDS, type ChannelKind, type ChannelKindOf } from './state/connection-state.ts';
import type { QueueStoreSettings } from './tabs/queue-store.ts';

/** The options of {@link QueuePoller}. */
export interface QueuePollerOptions {
  /**
   * The address of the event queue's API, with its version: `queues/…` and `connections/…` are under it. https, or http on
   * loopback. It may be relative to the page, also where the page came over plain HTTP (see `allowInsecure`). A relative one is
   * resolved once, by the first `start` in a page. So a poller can be made where there is none, as on a server; `start` there rejects
   * with `INVALID_OPTIONS`. A `<base>` that would lead it to another origin is refused.
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
   * Whether `baseUrl` may have the origin of a page that came over plain HTTP from another machine. Such a page gets one warning in
   * the console: what it sends can be read on the way. The poller then emits `insecurePage`. `false` refuses it with
   * `INVALID_OPTIONS`: at once, or when it starts if it was made without a page.
   *
   * @default true
   */
  allowInsecure?: boolean | undefined;
  /** The topics to subscribe to. @default ['connections'] */
  topics?: readonly string[] | undefined;
  /**
   * The user's access token, or the function that gets one. It is sent as `authorization: Bearer …`, to `baseUrl` alone.
   * `false`: the bank's back end adds the header. If the function throws, the request fails with `NETWORK`; `cause` has the name
   * of the error alone, since its message may quote a token. `stop({ forget: true })` forgets a token that is given here: where
   * users sign in and out on one page, give a function, or make a new poller for each session.
   */
  accessToken: Credential | false;
  /**
   * Further headers, or a function that gives them, which is called for each request. `authorization` is not allowed, unless
   * `accessToken` is `false`. If the function throws, `cause` has the name of the error alone, since its message may quote a
   * header.
   *
   * @default none
   */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** Whether cookies are sent, as for `fetch`. @default that of `ky`, else 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /**
   * Gives the kind of a channel, `EMBEDDED` (scraping) or `REDIRECT` (PSD2 API), where the page knows the provider's channels, and
   * the server does not say it: events do not. What the server says (`mode`) counts first. The poller never guesses it.
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
   * A key for this user, the same on all pages: it keeps the storage and the tabs of different users apart. A hash will do.
   *
   * @default none
   */
  user?: string | undefined;
  /**
   * Whether one tab of this user polls for all. Needs `user`, and a browser with `navigator.locks` and `BroadcastChannel`.
   *
   * @default true when user is given
   */
  share?: boolean | undefined;
  /**
   * Where the ids of the queue and of the connections are stored, so that a redirect to the bank and back loses nothing.
   * `false`: nowhere.
   *
   * @default sessionStorage
   */
  storage?: Storage | false | undefined;
  /** When to poll, in ms. Each time that is not given has its default. */
  schedule?: Partial<Schedule> | undefined;
  /** The time limit of one request, including the request for a token, in ms. @default 30_000 */
  timeout?: number | undefined;
  /**
   * Is called in place of the page's `fetch`, with an address and options. It must not follow redirects: `redirect` of the
   * options is `'manual'`.
   *
   * @default that of `ky`, else the page's
   */
  fetch?: Fetch | undefined;
  /**
   * The page's own instance of ky (1.14 or later, or ky 2, of any copy), with its hooks and headers; the option `headers`
   * overrides those. No hook sees the token, which is added after all hooks. A hook that changes the address or the method of a
   * request stops the poller with `INVALID_OPTIONS`. The poller's own rules replace the instance's options for address, body,
   * referrer, retries, timeout, redirects and `throwHttpErrors`. If a hook throws at an error status, a 401 is not answered with
   * a fresh token.
   *
   * @default an instance without hooks
   */
  ky?: KyLike | undefined;
  /** Stops the poller when it aborts. */
  signal?: AbortSignal | undefined;
}

const OPTIONS: NamesOf<QueuePollerOptions> = {
  baseUrl: true,
  allowInsecure: true,
  topics: true,
  accessToken: true,
  headers: true,
  credentials: true,
  channelKind: true,
  queueId: true,
  user: true,
  share: true,
  storage: true,
  schedule: true,
  timeout: true,
  fetch: true,
  ky: true,
  signal: true,
};

/** The options as checked, with their defaults. */
export interface PollerSettings
  extends Pick<QueuePollerOptions, 'queueId' | 'signal'>,
    QueueApiSettings,
    QueueStoreSettings {
  /** The kind of a channel, as the page gives it. */
  readonly kindOf: ChannelKindOf;
  /** Whether the page wants tabs to share. */
  readonly share: boolean;
  readonly schedule: Schedule;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readPollerOptions(options: QueuePollerOptions): PollerSettings {
  checkOptionNames(options, OPTIONS);
  const given = options ?? ({} as QueuePollerOptions);
  const { topics = ['connections'], queueId, user, channelKind, storage, schedule, signal } = given;
  const { accessToken, headers, credentials, fetch, ky } = given;
  const { share = user !== undefined, timeout = 30_000 } = given;
  checkAllowInsecure(given.allowInsecure);
  const baseUrl = asFolder(readEndpoint('baseUrl', given.baseUrl, given.allowInsecure));
  const areTopics = Array.isArray(topics) && topics.length > 0 && topics.every(isNonEmptyString);
  checkOption(areTopics, 'topics', 'an array of strings that are not empty', topics);
  checkPageOptions({ credentials, fetch, ky });
  const isKind = channelKind === undefined || isFunction(channelKind);
  checkOption(isKind, 'channelKind', 'a function', channelKind);
  checkOption(queueId === undefined || isAddressableId(queueId), 'queueId', 'the id of a queue', queueId);
  checkOption(user === undefined || isNonEmptyString(user), 'user', 'a string that is not empty', user);
  const isShare = share === false || (share === true && !!user);
  checkOption(isShare, 'share', 'true with the option user, or false', share);
  const isStorage = storage === undefined || storage === false || isFunction(storage?.getItem);
  checkOption(isStorage, 'storage', 'a Storage, or false', storage);
  checkOption(isTimeLimit(timeout), 'timeout', TIME_LIMIT, timeout);
  checkSignal(signal);
  // Listed one by one, so that `accessToken` is not kept: a logout could not forget it here.
  return {
    kindOf: (id) => givenKind(channelKind, id),
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
    share,
    // Not read here: on a server, reading it warns or throws. In a sandboxed frame, it throws too.
    storage: () => (storage === undefined ? globalThis.sessionStorage : storage || undefined),
    schedule: readSchedule(schedule),
    timeout,
  };
}

/** What is under an address is appended to it: it ends in a slash, and has no query. */
function asFolder(endpoint: Endpoint): Endpoint {
  return () => {
    const url = endpoint();
    url.pathname = url.pathname.replace(/\/*$/, '/');
    url.search = '';
    return url;
  };
}

/** If the function of the page throws, or returns something else, the kind is unknown. */
function givenKind(channelKind: ChannelKindOf | undefined, id: string): ChannelKind | undefined {
  let given: unknown;
  callSafely(() => {
    given = channelKind?.(id);
  });
  return CHANNEL_KINDS.find((kind) => kind === given);
}

function readSchedule(given: Partial<Schedule> = {}): Schedule {
  checkOption(isObject(given), 'schedule', 'an object of times in ms', given);
  const times = Object.entries(given).filter(([, ms]) => ms !== undefined);
  checkOptionNames(given, DEFAULT_SCHEDULE, 'schedule.');
  for (const [name, ms] of times) checkOption(isTimeLimit(ms), `schedule.${name}`, TIME_LIMIT, ms);
  const schedule: Schedule = { ...DEFAULT_SCHEDULE, ...Object.fromEntries(times) };
  const { keepAlive } = schedule;
  const expected = `less than the ${QUEUE_LIFE} ms after which a queue expires`;
  checkOption(keepAlive < QUEUE_LIFE, 'schedule.keepAlive', expected, keepAlive);
  return schedule;
}
