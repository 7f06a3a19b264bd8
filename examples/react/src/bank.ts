/**
 * The bank's side of the widget, whole. Copy this file: the rest of the example is a page around it.
 */
import {
  type Credential,
  type HttpTransportOptions,
  httpTransport,
  QueuePoller,
  type QueuePollerOptions,
  WidgetBridge,
} from 'bankside';

export interface Config {
  /** Where the bank has its widget's servers. */
  readonly endpoints: HttpTransportOptions['endpoints'];
  /** Where a signed-in page gets its token; `null`: the bank's gateway keeps it. */
  readonly tokenUrl: string | null;
  /** Where the events of the customer's bank connections are, and the token for them. */
  readonly queue: { readonly baseUrl: string; readonly tokenUrl: string | null } | null;
  /** What else every request carries, such as `bankId`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sandbox: boolean;
}

export async function readConfig(): Promise<Config> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`The configuration could not be read: ${response.status}`);
  return response.json();
}

/** Every request goes to the bank's own endpoint, with the user's token in a header. */
export function openBridge(
  { endpoints, tokenUrl, headers }: Config,
  { timeout, ...extras }: Pick<HttpTransportOptions, 'headers' | 'fetch'> & { timeout: number },
): WidgetBridge {
  const authToken = sessionToken(tokenUrl, 'authToken');
  return new WidgetBridge({
    transport: httpTransport({
      endpoints,
      authToken,
      headers,
      credentials: credentialsFor(tokenUrl),
      ...extras,
    }),
    timeout,
  });
}

/** Follows the customer's bank connections. `user` keeps customers of one browser apart. */
export function openQueue(
  { baseUrl, tokenUrl }: NonNullable<Config['queue']>,
  options: Pick<QueuePollerOptions, 'user' | 'schedule' | 'channelKind'>,
): QueuePoller {
  const accessToken = sessionToken(tokenUrl, 'accessToken');
  return new QueuePoller({ baseUrl, accessToken, credentials: credentialsFor(tokenUrl), ...options });
}

/** A gateway that adds the token knows the user by a cookie, on whatever origin it is. */
function credentialsFor(tokenUrl: string | null): RequestCredentials {
  return tokenUrl === null ? 'include' : 'same-origin';
}

/** Kept for as long as the servers accept it. Who sends asks before every request, and says which token was rejected. */
function sessionToken(url: string | null, field: string): Credential | false {
  if (url === null) return false;
  let token = '';
  return async ({ rejected, signal }) => {
    if (token === '' || token === rejected) {
      const response = await fetch(url, { method: 'POST', credentials: 'include', signal });
      if (!response.ok) throw new Error(`There is no token for this session: ${response.status}`);
      token = (await response.json())[field];
    }
    return token;
  };
}
