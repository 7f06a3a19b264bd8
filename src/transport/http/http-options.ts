import { checkOption, invalidOption, isFunction, isSignal } from '../../check.ts';
import { type Credential, CredentialSource } from '../../credential.ts';
import type { ServerName } from '../../errors.ts';
import { HttpClient } from '../../http/client.ts';
import { checkClientOptions, type KyLike } from '../../http/client-options.ts';
import { checkAllowInsecure, readEndpoint } from '../../http/endpoint.ts';
import type { Fetch } from '../../http/fetch-options.ts';
import { type HeadersOption, readHeaders } from '../../http/headers.ts';
import { readWidgetHeaders } from '../../http/widget-headers.ts';
import type { WidgetRequest } from '../transport.ts';

/** What {@link httpTransport} is made with. */
export interface HttpTransportOptions {
  /**
   * The address of each server, whole: nothing is appended. https, or http on loopback; relative to the page
   * is allowed, also on a page that came over plain HTTP (see `allowInsecure`). A request to a server that is left out fails with `NO_ENDPOINT`.
   *
   * @example
   * ```ts
   * import { httpTransport } from 'bankside';
   *
   * httpTransport({ endpoints: { pserver: 'https://api.bank.example/pserver/execute' }, authToken: false });
   * ```
   */
  endpoints: Partial<Record<ServerName, string | URL>>;
  /**
   * Whether an endpoint may be relative to a page that came over plain HTTP, from elsewhere than this machine. Such a page
   * is told in the console, once, that what it sends can be read on the way. `false` refuses it with `INVALID_OPTIONS`.
   *
   * @default true
   */
  allowInsecure?: boolean | undefined;
  /**
   * The user's token, or the function that gets one: it travels as the header `authToken`, to the endpoints
   * alone. `false`: the bank's back end adds the header. A function that throws ends the request with
   * `NETWORK`; of what it threw, `cause` tells the kind alone, as it may quote a token.
   */
  authToken: Credential | false;
  /**
   * Further headers (CSRF, signing, `bankId`), or a function that gives them. It is called for each request,
   * and again for one that is replayed with a fresh token. It gets what is sent: the `type` that the text of the body names
   * (`undefined` where that could be read in two ways), and of the widget's headers those that pass. They win over the
   * widget's own. A function that throws ends the request with `INVALID_OPTIONS`; of what it threw, `cause` tells the kind
   * alone, as it may quote a header.
   *
   * @default none
   * @example
   * ```ts
   * import { httpTransport } from 'bankside';
   *
   * httpTransport({
   *   endpoints: { pserver: 'https://api.bank.example/pserver/execute' },
   *   authToken: false,
   *   headers: (request) => ({ bankId: '42', 'x-request-id': String(request.requestId) }),
   * });
   * ```
   */
  headers?: HeadersInit | ((request: WidgetRequest) => HeadersInit | Promise<HeadersInit>) | undefined;
  /**
   * Which of the widget's own headers are sent, by name, in any case. The others are left out, which the bridge tells by
   * `droppedHeaders`. Those of tokens and of the connection cannot be named.
   *
   * @default ['accept', 'accept-language', 'content-language', 'content-type']
   * @example
   * ```ts
   * import { httpTransport } from 'bankside';
   *
   * httpTransport({
   *   endpoints: { pserver: 'https://api.bank.example/pserver/execute' },
   *   authToken: false,
   *   widgetHeaders: ['accept', 'accept-language', 'content-language', 'content-type', 'x-trace'],
   * });
   * ```
   */
  widgetHeaders?: readonly string[] | undefined;
  /**
   * What is safe to send again when the network fails or the server answers 408, 429, 502, 503 or 504:
   * `types` of commands, as whole names or as prefixes that end in `*`, up to `limit` further times each. The type is the
   * one that the text of the body names, which nothing else in it may contradict (a second `type` or `Type`). It
   * waits 0.2 to 0.4 s first and twice as long each time, or as long as a `Retry-After` says that the page
   * can read; never past the request's timeout. A request that is replayed with a fresh token begins to count
   * again.
   *
   * @default { limit: 2, types: ['get*'] }
   */
  retry?:
    | {
        /** How many further times. */
        limit?: number | undefined;
        /** Commands, as whole names or as prefixes that end in `*`. */
        types?: readonly string[] | undefined;
      }
    | undefined;
  /**
   * Whether cookies are sent, as for `fetch`.
   *
   * @default that of `ky`, else 'same-origin'
   */
  credentials?: RequestCredentials | undefined;
  /**
   * Sends instead of the page's `fetch`, and is called as that is: with an address and options. It must not follow
   * redirects on its own: `redirect` of the options is `'manual'`.
   *
   * @default that of `ky`, else the page's
   */
  fetch?: Fetch | undefined;
  /**
   * The page's own instance of ky (1.14 or later, or ky 2, of any copy), with its hooks and headers. Its headers win over
   * the widget's, and those of the option `headers` over its. No hook sees the token, which is added behind all of them; one
   * that leads a request to another address or gives it another method ends it with `INVALID_OPTIONS`. What else the
   * instance says of address, body, referrer, repeats, timeout, redirects and `throwHttpErrors` does not count: this
   * transport's own options do. A hook that throws at an error status keeps a 401 from being answered with a fresh token.
   *
   * @default an instance without hooks
   * @example
   * ```ts
   * import { httpTransport } from 'bankside';
   * import ky from 'ky';
   *
   * const traced = ky.extend({ hooks: { beforeRequest: [(request) => request.headers.set('x-trace', crypto.randomUUID())] } });
   * httpTransport({ endpoints: { pserver: '/pserver/execute' }, authToken: false, ky: traced });
   * ```
   */
  ky?: KyLike | undefined;
  /** Disposes the transport when it aborts. */
  signal?: AbortSignal | undefined;
}

/** The options as checked, with their defaults. */
export interface HttpSettings {
  readonly endpoints: Partial<Record<ServerName, URL>>;
  readonly headers: HeadersOption<[WidgetRequest]>;
  /** Which of the widget's headers pass, in lower case. */
  readonly widgetHeaders: ReadonlySet<string>;
  readonly retry: { readonly limit: number; readonly types: readonly string[] };
  readonly client: HttpClient;
  readonly signal: AbortSignal | undefined;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readHttpOptions(options: HttpTransportOptions): HttpSettings {
  const {
    endpoints,
    authToken,
    headers,
    retry,
    credentials,
    fetch,
    ky,
    allowInsecure,
    widgetHeaders,
    signal,
  } = options ?? ({} as HttpTransportOptions);
  const { limit = 2, types = ['get*'] } = retry ?? {};
  checkOption(typeof (retry ?? {}) === 'object', 'retry', 'an object with limit and types', retry);
  checkOption(Number.isInteger(limit) && limit >= 0, 'retry.limit', 'a whole number, 0 or more', limit);
  const areTypes = Array.isArray(types) && types.every((type) => typeof type === 'string');
  checkOption(areTypes, 'retry.types', 'an array of strings', types);
  checkClientOptions({ credentials, fetch, ky });
  checkAllowInsecure(allowInsecure);
  checkOption(signal === undefined || isSignal(signal), 'signal', 'an AbortSignal', signal);
  return {
    endpoints: readEndpoints(endpoints, allowInsecure),
    widgetHeaders: readWidgetHeaders(widgetHeaders),
    headers: isFunction(headers) ? headers : readHeaders(headers),
    retry: { limit, types },
    signal,
    client: new HttpClient({
      ky,
      fetch,
      credentials,
      credential: authToken === false ? undefined : new CredentialSource('authToken', authToken),
      tokenHeader: (token) => ({ authToken: token }),
    }),
  };
}

function readEndpoints(
  endpoints: HttpTransportOptions['endpoints'],
  allowInsecure: boolean | undefined,
): HttpSettings['endpoints'] {
  const expected = 'the addresses of one or more of pserver, enrich, ob';
  const given = Object.entries(endpoints ?? {}).filter(([, address]) => address !== undefined);
  checkOption(given.length > 0, 'endpoints', expected, endpoints);
  const read = given.map(([server, address]) => {
    if (/^(pserver|enrich|ob)$/.test(server)) {
      return [server, readEndpoint(`endpoints.${server}`, address, allowInsecure)];
    }
    throw invalidOption('endpoints', expected, `'${server}'`);
  });
  return Object.fromEntries(read);
}
