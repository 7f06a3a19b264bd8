/**
 * The bank's side of the widget, whole. Copy this file: the rest of the example is a page around it.
 */
import { httpTransport, QueuePoller, WidgetBridge, widgetActions } from 'bankside';

/** What each view of the widget is told. */
const user = { userId: 'customer-1', lang: 'en', deviceType: 'web' };

/**
 * @typedef {object} Config
 * @property {{ pserver: string, enrich: string, ob: string }} endpoints where the bank has its widget's servers
 * @property {'session' | 'gateway'} authToken whether the page gets the token, or the bank's gateway keeps it
 * @property {string | null} tokenUrl where a signed-in page gets its token; not with a gateway
 * @property {{ baseUrl: string, tokenUrl: string | null } | null} queue where the events of the customer's bank connections
 *   are, and the token for them
 * @property {Record<string, string>} headers what else every request carries, such as `bankId`
 * @property {boolean} sandbox
 */

/** @returns {Promise<Config>} */
export async function readConfig() {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`The configuration could not be read: ${response.status}`);
  return response.json();
}

/**
 * The bank's secured channel: every request goes to the bank's own endpoint, with the user's token in a header.
 *
 * @param {Config} config
 * @param {Pick<import('bankside').HttpTransportOptions, 'headers' | 'fetch'>} [extras]
 */
export function openChannel(config, extras) {
  return httpTransport({
    endpoints: config.endpoints,
    authToken: config.tokenUrl === null ? false : sessionToken(config.tokenUrl, 'authToken'),
    headers: config.headers,
    credentials: credentialsFor(config.tokenUrl),
    ...extras,
  });
}

/**
 * Follows the customer's bank connections, where the bank offers that.
 *
 * @param {Config} config
 * @param {Omit<import('bankside').QueuePollerOptions, 'baseUrl' | 'accessToken'>} [options] `user` keeps customers of one
 *   browser apart
 */
export function openQueue({ queue }, options) {
  if (!queue) return undefined;
  const { baseUrl, tokenUrl } = queue;
  const accessToken =
    tokenUrl === null ? /** @type {const} */ (false) : sessionToken(tokenUrl, 'accessToken');
  return new QueuePoller({ baseUrl, accessToken, credentials: credentialsFor(tokenUrl), ...options });
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
 * Kept for as long as the servers accept it. Who sends asks before every request, and says which token was rejected.
 *
 * @param {string} url
 * @param {string} field where the token is in the answer
 * @returns {import('bankside').Credential}
 */
function sessionToken(url, field) {
  let token = '';
  return async ({ rejected, signal }) => {
    if (token === '' || token === rejected) token = await fetchToken(url, field, signal);
    return token;
  };
}

/**
 * @param {string} url
 * @param {string} field
 * @param {AbortSignal} signal
 * @returns {Promise<string>}
 */
async function fetchToken(url, field, signal) {
  const response = await fetch(url, { method: 'POST', credentials: 'include', signal });
  if (!response.ok) throw new Error(`There is no token for this session: ${response.status}`);
  const answer = await response.json();
  return answer[field];
}

/**
 * @param {import('bankside').Transport} transport
 * @param {Omit<import('bankside').BridgeOptions, 'transport'>} [options]
 */
export function openBridge(transport, options) {
  return new WidgetBridge({ transport, ...options });
}

/**
 * Answers the widget from here on, whichever build it is: some take the delegate as `pDelegate`, some as `eventsDelegate`, some make
 * it themselves from `EventDelegate`; what the React and Angular packages send comes through `PersoWidget`.
 *
 * @param {WidgetBridge} bridge
 * @param {{ el: HTMLElement, base64?: boolean }} options `base64`: whether the bridge's replies are Base64, which the shipped build
 *   has to be told before anything else
 */
export function startWidget(bridge, { el, base64 = false }) {
  const { personetics, PersoWidget } = window;
  bridge.attach(personetics, PersoWidget);
  window.EventDelegate = bridge.EventDelegate;
  const delegates = { pDelegate: bridge.delegate, eventsDelegate: bridge.delegate };
  personetics.initialize({ ...delegates, ...user, base64EncodeResponse: base64 });
  personetics.startWidget({ ...delegates, ...user, widgetType: 'teaser-widget-carousel', el });
}

/**
 * Does what the widget asks the page for: it opens no story by itself, and knows none of the bank's pages.
 *
 * @param {WidgetBridge} bridge
 * @param {{ openPlace: () => HTMLElement, navigate: (target: string) => void }} page `openPlace` makes the place for a story
 */
export function followWidget(bridge, { openPlace, navigate }) {
  widgetActions(bridge, {
    widget: () => window.personetics,
    config: user,
    openStory: (view) => window.personetics.startWidget({ ...view, el: openPlace() }),
    navigate,
  });
}
