import { createOtherBanks } from './sandbox/other-banks.js';
import { idOf, tagOf } from './sandbox/request-tag.js';
import { watchedFetch } from './sandbox/watched-fetch.js';

/** In ms: short, so that nobody waits long to see a missing answer. */
export const TIMEOUT = 4_000;
/** The poller's, with the sandbox, in ms: short, so that nobody waits long to see what happens. */
const SHORT = { close: 500, reconcile: 2_000 };

/**
 * @typedef {object} Config  what the server knows of the bank
 * @property {Partial<Record<import('bankside').ServerName, string>>} endpoints
 * @property {string | null} tokenUrl answers a signed-in page with its token; `null`: the bank's gateway adds the token
 * @property {{ baseUrl: string, tokenUrl: string | null } | null} queue the events of the customer's bank connections, and the token
 *   for them
 * @property {Record<string, string>} headers what else every request carries, such as `bankId`
 * @property {boolean} sandbox
 *
 * @typedef {object} Bank
 * @property {Config} config
 * @property {import('./sandbox/other-banks.js').OtherBanks | undefined} banks what other banks do, where the sandbox plays them
 */

/** @returns {Promise<Bank>} */
export async function readBank() {
  const config = await readConfig();
  return { config, banks: config.sandbox ? await createOtherBanks() : undefined };
}

/** @returns {Promise<Config>} */
export async function readConfig() {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`The configuration could not be read: ${response.status}`);
  return response.json();
}

/**
 * Options of the transport. With the sandbox, each request has a name, by which the push channel answers; the log shows what
 * happens on the wire. Real servers may not allow the header.
 *
 * @param {Config} config
 * @param {import('./panel/activity-log.js').ActivityLog} [log]
 * @returns {import('bankside').HttpTransportOptions}
 */
export function channelOptions({ endpoints, tokenUrl, headers, sandbox }, log) {
  return {
    endpoints,
    authToken: sessionToken(tokenUrl),
    credentials: credentialsFor(tokenUrl),
    ...(sandbox && log
      ? {
          headers: ({ requestId }) => ({ ...headers, 'x-request-id': tagOf(requestId) }),
          fetch: watchedFetch(({ tag, outcome }) => log.find(idOf(tag ?? '') ?? '')?.addStep(outcome)),
        }
      : { headers }),
  };
}

/**
 * Options of the poller. `user` keeps customers of one browser apart.
 *
 * @param {NonNullable<Config['queue']>} queue
 * @param {import('./sandbox/other-banks.js').OtherBanks | undefined} banks
 * @returns {import('bankside').QueuePollerOptions}
 */
export function queueOptions({ baseUrl, tokenUrl }, banks) {
  return {
    baseUrl,
    accessToken: sessionToken(tokenUrl),
    credentials: credentialsFor(tokenUrl),
    user: 'customer-1',
    ...(banks && { schedule: SHORT, channelKind: banks.channelKind }),
  };
}

/**
 * A gateway that adds the token knows the user by a cookie, on whatever origin it is.
 *
 * @param {string | null} tokenUrl
 * @returns {RequestCredentials}
 */
function credentialsFor(tokenUrl) {
  return tokenUrl === null ? 'include' : 'same-origin';
}

/**
 * Keeps the token until a server rejects it.
 *
 * @param {string | null} url
 * @returns {import('bankside').Credential | false}
 */
function sessionToken(url) {
  if (url === null) return false;
  let token = '';
  return async ({ rejected, signal }) => {
    if (token !== '' && token !== rejected) return token;
    const response = await fetch(url, { method: 'POST', credentials: 'include', signal });
    if (!response.ok) throw new Error(`There is no token for this session: ${response.status}`);
    token = await response.text();
    return token;
  };
}
