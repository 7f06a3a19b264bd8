import { Buffer } from 'node:buffer';
import type { Probe } from '../../doctor/exchange.ts';
import { SPOILED_TOKEN } from '../../doctor/spoiled-token.ts';
import { browserHeaders } from './browser-headers.ts';
import { ACCEPT_ENCODING } from './decode-body.ts';
import { isSameOrigin, type PageOrigin } from './page-origin.ts';
import type { RawRequest } from './raw-answer.ts';

/** What a page sends, beside the request itself. */
export interface PageSettings extends PageOrigin {
  /** `undefined`: there is none. */
  readonly tokens: { readonly authToken?: string | undefined; readonly accessToken?: string | undefined };
  /** What the page adds to its requests. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The header `Cookie`. Sent to the page's own origin, and with `credentials` to others. */
  readonly cookie?: string | undefined;
}

/** The headers of a request that the page itself sets. */
export function pageHeaders(probe: Probe, settings: PageSettings): Readonly<Record<string, string>> {
  const given = new Map<string, readonly [string, string]>();
  const set = (name: string, value: string): void => void given.set(name.toLowerCase(), [name, value]);
  if (probe.body !== undefined) set('content-type', 'application/json');
  for (const [name, value] of settings.headers) set(name, value);
  const token = tokenFor(probe, settings);
  if (token) set(...token);
  return Object.fromEntries(given.values());
}

function tokenFor({ subject, token }: Probe, { tokens }: PageSettings): [string, string] | undefined {
  const isQueue = subject === 'linxo';
  const valid = isQueue ? tokens.accessToken : tokens.authToken;
  const value = token === 'spoiled' ? SPOILED_TOKEN : token === 'valid' ? valid : undefined;
  if (value === undefined) return undefined;
  return isQueue ? ['authorization', `Bearer ${value}`] : ['authToken', value];
}

/** The request as it leaves a browser. Browsers do not name the origin when a page reads from its own. */
export function requestOf(
  { method, url, body }: Probe,
  headers: Readonly<Record<string, string>>,
  settings: PageSettings,
): RawRequest {
  const { origin, cookie, credentials } = settings;
  const isOwn = isSameOrigin(url, settings);
  return {
    method,
    url,
    body,
    headers: {
      ...browserHeaders(url, origin),
      ...(!(isOwn && method === 'GET') && { Origin: origin }),
      'Accept-Encoding': ACCEPT_ENCODING,
      ...(body !== undefined && { 'Content-Length': `${Buffer.byteLength(body)}` }),
      ...(cookie !== undefined && (isOwn || credentials) && { Cookie: cookie }),
      ...headers,
    },
  };
}

const OF_A_USER = ['authorization', 'authtoken'];

/** What a page of another origin would send, without anything of a user. */
export function strangersRequest(probe: Probe, settings: PageSettings, origin: string): RawRequest {
  const headers = settings.headers.filter(([name]) => !OF_A_USER.includes(name.toLowerCase()));
  const stranger = { ...settings, origin, headers, cookie: undefined };
  // Refused in the same place as a wrong token of the page: so the answers can be compared.
  const sent: Probe = probe.token === 'valid' ? { ...probe, token: 'spoiled' } : probe;
  return requestOf(sent, pageHeaders(sent, stranger), stranger);
}
