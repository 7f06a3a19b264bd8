import { asBase64 } from 'bankside';

/** In ms. */
const PATIENCE = 30_000;

/** What the servers' senders are called. Any other name is no request, and is never sent to a server. */
const servers = new Map([
  ['sendRequestToPServer', /** @type {const} */ ('pserver')],
  ['sendRequestToEnrichServer', /** @type {const} */ ('enrich')],
  ['sendRequestToOBServer', /** @type {const} */ ('ob')],
]);

/** What the widget gets when nothing better is known. */
const failure = {
  ok: false,
  status: '600',
  statusMessage: 'A network error occurred - check your network and try again.',
};

/**
 * What native code does, whatever it is written in: it sends the body over the bank's own channel, and hands what comes of it
 * to the page's reply function, as Base64, under the id that it was given. Exactly once, and also if it fails.
 *
 * @param {import('./app.js').Wires} wires
 */
export function createNativeSide({ channel, heard, intoPage }) {
  /**
   * @typedef {object} Message
   * @property {string} name
   * @property {unknown} [requestData]
   * @property {string} [requestId]
   * @property {Record<string, string>} [requestHeaders]
   *
   * @param {string} message as it came
   * @param {Message} parts
   */
  return async (message, { name, requestData, requestId, requestHeaders = {} }) => {
    heard(name, requestId, message);
    const server = servers.get(name);
    if (!server || requestId === undefined) return;
    const request = {
      requestId,
      server,
      type: typeOf(requestData),
      body: requestData,
      headers: requestHeaders,
    };
    const base64 = asBase64(await ask(channel, request).catch(() => failure));
    const script = `personetics.handlePServerResponse('${base64}', '${requestId}');`;
    // Native code evaluates that text. This is a page, which may not: it calls the function.
    intoPage({ name: 'handlePServerResponse', requestId, script }, ({ personetics }) =>
      personetics?.handlePServerResponse(base64, requestId),
    );
  };
}

/**
 * @param {import('bankside').Transport} channel
 * @param {import('bankside').WidgetRequest} request
 */
async function ask(channel, request) {
  const context = { signal: AbortSignal.timeout(PATIENCE), deadline: performance.now() + PATIENCE };
  return JSON.parse(String(await channel.send(request, context)));
}

/** @param {unknown} body an object, or its JSON text */
function typeOf(body) {
  const { type } = typeof body === 'string' ? JSON.parse(body) : /** @type {{ type?: string }} */ (body);
  return type;
}
