import { checkOption, checkSignal, fieldsOf, isFunction } from '../../check.ts';
import { type Credential, CredentialSource } from '../../credential.ts';
import { SERVER_NAMES, type ServerName } from '../../errors.ts';
import { checkPageOptions, HttpClient, type KyLike } from '../../http/client.ts';
import { checkAllowInsecure, type Endpoint, readEndpoint } from '../../http/endpoint.ts';
import type { Fetch } from '../../http/fetch-options.ts';
import { type HeadersOption, readHeaders } from '../../http/headers.ts';
import { readWidgetHeaders } from '../../http/widget-headers.ts';
import { checkOptionNames, type NamesOf } from '../../text/known-names.ts';
import type { WidgetRequest } from '../transport.ts';

/** The options of {@link httpTransport}. */
export interface HttpTransportOptions {
  /**
   * The whole address of each server; nothing is appended. It is https, http on loopback, or relative to the page, also on a page
   * that came over plain HTTP (see `allowInsecure`). A relative one is resolved once, by the first request in a page. So a
   * transport can be made where there is none, as on a server; a request there fails with `INVALID_OPTIONS`. A `<base>` that would
   * lead it to another origin is refused. A request to another server fails with `NO_ENDPOINT`.
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
   * Whether an endpoint may have the origin of a page that came over plain HTTP from another machine. One warning in the console then
   * says that others can read what it sends, and the bridge emits `insecurePage`. With `false`, such an endpoint is
   * `INVALID_OPTIONS`: at once, or for each request where the transport was made without a page.
   *
   * @default true
   */
  allowInsecure?: boolean | undefined;
  /**
   * The user's token, or a function that returns one. It is sent in the header `authToken`, only to the endpoints. `false`: the
   * bank's back end adds the header. If the function throws, the request fails with `NETWORK`; the `cause` only has the error's
   * name, since its message may quote a token.
   */
  authToken: Credential | false;
  /**
   * Further headers (CSRF, signing, `bankId`), or a function that returns them. They override those of the widget. The function
   * is called for each request, and again before a replay with a fresh token. It gets what is sent: the `type` in the JSON of the
   * body (`undefined` where servers may read different ones), and the headers of the widget that are sent. If it throws, the
   * request fails with `INVALID_OPTIONS`; the `cause` only has the error's name, since its message may quote a header.
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
   * The names of the widget's headers that are sent, in any case. The bridge reports the others as `droppedHeaders`. Headers of
   * tokens and of the connection are not allowed.
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
   * Which requests are retried when the network fails or the server answers 408, 429, 502, 503 or 504: `types` of commands, as
   * whole names or as prefixes that end in `*`, up to `limit` times each. The type is that in the JSON of the body; a body with a
   * second `type` or a `Type` is not retried. The first pause is 0.2 to 0.4 s, and each next one twice as long. A longer
   * `Retry-After` that the page can read is respected. No retry starts after the request's timeout. The count starts again for a
   * replay with a fresh token.
   *
   * @default { limit: 2, types: ['get*'] }
   */
  retry?:
    | {
        /** How many retries. */
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
   * Replaces the page's `fetch`, and is called with an address and options. It must not follow redirects: `redirect` in the options
   * is `'manual'`.
   *
   * @default that of `ky`, else the page's
   */
  fetch?: Fetch | undefined;
  /**
   * The page's own instance of ky (1.14 or later, or ky 2, from any copy), with its hooks and headers. Its headers override those
   * of the widget, and the option `headers` overrides both. No hook sees the token: it is added after all hooks. A hook that changes
   * the address or the method ends the request with `INVALID_OPTIONS`. The instance's address, body, referrer, retries, timeout,
   * redirects and `throwHttpErrors` are ignored. If a hook throws at a 401, no fresh token is asked for.
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

const OPTIONS: NamesOf<HttpTransportOptions> = {
  endpoints: true,
  allowInsecure: true,
  authToken: true,
  headers: true,
  widgetHeaders: true,
  retry: true,
  credentials: true,
  fetch: true,
  ky: true,
  signal: true,
};
const ENDPOINTS: NamesOf<HttpTransportOptions['endpoints']> = { pserver: true, enrich: true, ob: true };
const RETRY: NamesOf<NonNullable<HttpTransportOptions['retry']>> = { limit: true, types: true };

/** The checked options, with defaults. */
export interface HttpSettings {
  readonly endpoints: Partial<Record<ServerName, Endpoint>>;
  readonly headers: HeadersOption<[WidgetRequest]>;
  /** The widget's headers that are sent, in lower case. */
  readonly widgetHeaders: ReadonlySet<string>;
  readonly retry: { readonly limit: number; readonly types: readonly string[] };
  readonly client: HttpClient;
  readonly signal: AbortSignal | undefined;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
export function readHttpOptions(options: HttpTransportOptions): HttpSettings {
  checkOptionNames(options, OPTIONS);
  const { endpoints, authToken, headers, retry, ...others } = options ?? ({} as HttpTransportOptions);
  const { credentials, fetch, ky, allowInsecure, widgetHeaders, signal } = others;
  const { limit = 2, types = ['get*'] } = retry ?? {};
  checkOption(typeof (retry ?? {}) === 'object', 'retry', 'an object with limit and types', retry);
  checkOptionNames(retry, RETRY, 'retry.');
  checkOption(Number.isInteger(limit) && limit >= 0, 'retry.limit', 'a whole number, 0 or more', limit);
  const areTypes = Array.isArray(types) && types.every((type) => typeof type === 'string');
  checkOption(areTypes, 'retry.types', 'an array of strings', types);
  checkPageOptions({ credentials, fetch, ky });
  checkAllowInsecure(allowInsecure);
  checkSignal(signal);
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
  const expected = `the addresses of one or more of ${SERVER_NAMES.join(', ')}`;
  checkOptionNames(endpoints, ENDPOINTS, 'endpoints.');
  const given = Object.entries(fieldsOf(endpoints)).filter(([, address]) => address !== undefined);
  checkOption(given.length > 0, 'endpoints', expected, endpoints);
  const read = given.map(([server, address]) => [
    server,
    readEndpoint(`endpoints.${server}`, address, allowInsecure),
  ]);
  return Object.fromEntries(read);
}
