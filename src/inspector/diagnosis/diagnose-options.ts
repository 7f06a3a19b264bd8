import {
  attempt,
  checkCall,
  checkOption,
  checkSignal,
  fieldsOf,
  invalidOption,
  isFunction,
} from '../../check.ts';
import { type Credential, CredentialSource } from '../../credential.ts';
import type { Check, Subject } from '../../doctor/examine.ts';
import { redactedCause, SERVER_NAMES, type ServerName } from '../../errors.ts';
import { insecureOrigin, readEndpoint } from '../../http/endpoint.ts';
import { readHeaders } from '../../http/headers.ts';
import { checkOptionNames, type NamesOf } from '../../text/known-names.ts';
import { isTimeLimit, TIME_LIMIT } from '../../time.ts';
import { type TimeLimit, withinTime } from './within-time.ts';

/** What is diagnosed: a server of the widget, or `linxo`, the server of the event queue. */
export type DiagnosedServer = ServerName | 'linxo';

/** Further headers, or a function that returns those of a server. */
export type DiagnosedHeaders =
  | HeadersInit
  | ((request: { readonly server: DiagnosedServer }) => HeadersInit | Promise<HeadersInit>);

/** The options of {@link diagnose}. They have the names that they have in `httpTransport` and `QueuePoller`. */
export interface DiagnoseOptions {
  /** The address of each server of the widget, as in `httpTransport`. @default none */
  endpoints?: Partial<Record<ServerName, string | URL>> | undefined;
  /**
   * The user's token, or the function that gets one. It is sent to the endpoints alone. `false`: the back end adds it. Without it,
   * what needs a valid token is skipped.
   *
   * @default none
   */
  authToken?: Credential | false | undefined;
  /** The address of the event queue's API, as in `QueuePoller`. @default none */
  baseUrl?: string | URL | undefined;
  /** The user's access token for the event queue, as `authToken` for the others. @default none */
  accessToken?: Credential | false | undefined;
  /**
   * The headers that your page adds, such as `bankId`. If servers get different ones, a function that gets the server's name:
   * `({ server }) => …`. It is called for each request.
   *
   * @default none
   */
  headers?: DiagnosedHeaders | undefined;
  /** Whether cookies are sent, as for `fetch`. @default 'same-origin' */
  credentials?: RequestCredentials | undefined;
  /** The time limit of each request, and of each call of a function of these options, in ms. @default 10_000 */
  timeout?: number | undefined;
  /** Ends the diagnosis. The promise then rejects with its reason. */
  signal?: AbortSignal | undefined;
  /** Called as soon as a check has ended. */
  onCheck?: ((check: Check) => void) | undefined;
}

const OPTIONS: NamesOf<DiagnoseOptions> = {
  endpoints: true,
  authToken: true,
  baseUrl: true,
  accessToken: true,
  headers: true,
  credentials: true,
  timeout: true,
  signal: true,
  onCheck: true,
};
const ENDPOINTS: NamesOf<NonNullable<DiagnoseOptions['endpoints']>> = {
  pserver: true,
  enrich: true,
  ob: true,
};

/** The checked options, with defaults. */
export interface DiagnoseSettings {
  readonly subjects: readonly Subject[];
  /** Of the token for the widget's servers, and of that for the queue. */
  readonly tokens: Readonly<Record<'authToken' | 'accessToken', CredentialSource | undefined>>;
  readonly headersFor: (server: DiagnosedServer) => Promise<Headers>;
  readonly credentials: RequestCredentials;
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly onCheck: ((check: Check) => void) | undefined;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. INVALID_CALL where there is no page. */
export function readDiagnoseOptions(options: DiagnoseOptions): DiagnoseSettings {
  checkOptionNames(options, OPTIONS);
  const { authToken, accessToken, headers, ...others } = options ?? ({} as DiagnoseOptions);
  checkOptionNames(options?.endpoints, ENDPOINTS, 'endpoints.');
  checkCall(
    globalThis.document !== undefined,
    'diagnose',
    'a page',
    'no page: on a server, run npx bankside doctor',
  );
  const { credentials = 'same-origin', timeout = 10_000, signal, onCheck } = others;
  const given = signal ?? new AbortController().signal;
  const modes = ['omit', 'same-origin', 'include'];
  checkOption(modes.includes(credentials), 'credentials', "'omit', 'same-origin' or 'include'", credentials);
  checkOption(isTimeLimit(timeout), 'timeout', TIME_LIMIT, timeout);
  checkSignal(signal);
  checkOption(onCheck === undefined || isFunction(onCheck), 'onCheck', 'a function', onCheck);
  return {
    subjects: readSubjects(options ?? {}),
    tokens: {
      authToken: sourceOf('authToken', authToken),
      accessToken: sourceOf('accessToken', accessToken),
    },
    headersFor: readDiagnosedHeaders(headers, { timeout, signal: given }),
    credentials,
    timeout,
    signal: given,
    onCheck,
  };
}

function readSubjects({ endpoints, authToken, baseUrl, accessToken }: DiagnoseOptions): readonly Subject[] {
  const given = fieldsOf(endpoints);
  const servers = SERVER_NAMES.filter((name) => given[name] !== undefined).map((name) => ({
    name,
    url: readAddress(`endpoints.${name}`, given[name]),
    token: tokenStateOf(authToken),
  }));
  const isFollowed = baseUrl !== undefined;
  const expected = 'the address of at least one server, here or in baseUrl';
  checkOption(servers.length > 0 || isFollowed, 'endpoints', expected, endpoints);
  if (!isFollowed) return servers;
  return [
    ...servers,
    { name: 'linxo', url: readAddress('baseUrl', baseUrl), token: tokenStateOf(accessToken) },
  ];
}

function sourceOf(option: string, token: Credential | false | undefined): CredentialSource | undefined {
  return token === undefined || token === false ? undefined : new CredentialSource(option, token);
}

function tokenStateOf(token: Credential | false | undefined): Subject['token'] {
  if (token === false) return 'none';
  return token === undefined ? 'missing' : 'valid';
}

/** As in the transport and in the poller, but for a plain HTTP address: that is a finding, and nothing is sent there. */
function readAddress(option: string, value: unknown): URL {
  const url = attempt(() => new URL(`${value}`, document.baseURI));
  const isPlain = url && insecureOrigin(url) !== undefined && url.origin !== globalThis.origin;
  return isPlain && !url.username && !url.password ? url : readEndpoint(option, value)();
}

function readDiagnosedHeaders(
  headers: DiagnosedHeaders | undefined,
  limit: TimeLimit,
): DiagnoseSettings['headersFor'] {
  if (!isFunction(headers)) {
    const read = readHeaders(headers);
    return async () => read;
  }
  return async (server) => {
    const get = async (): Promise<HeadersInit> => headers({ server });
    const redact = (thrown: unknown): never => {
      const cause = redactedCause(thrown);
      throw invalidOption('headers', 'a function that does not throw', 'one that threw', cause);
    };
    return readHeaders(await withinTime('headers', () => get().catch(redact), limit));
  };
}
