import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getResponse } from 'msw';
import { readBody } from './read-body.js';

/**
 * Lets msw's handlers answer a request on a real port. A client that goes away aborts the request's signal; an error
 * response breaks the connection, as it stands for a network failure.
 *
 * @param {import('msw').RequestHandler[]} handlers
 * @param {import('node:http').IncomingMessage} incoming
 * @param {import('node:http').ServerResponse} outgoing
 * @returns {Promise<boolean>}  whether any of the handlers knew the request
 */
export async function answerByHandlers(handlers, incoming, outgoing) {
  if (!isDecodable(incoming.url)) return false; // which no handler expects
  const client = new AbortController();
  outgoing.on('close', () => client.abort());
  const response = await getResponse(handlers, await toRequest(incoming, client.signal));
  if (!response) return false;
  if (response.type === 'error') outgoing.destroy();
  else await send(response, outgoing);
  return true;
}

/** @param {string | undefined} address */
function isDecodable(address = '') {
  try {
    return Boolean(decodeURIComponent(address));
  } catch {
    return false;
  }
}

/**
 * @param {import('node:http').IncomingMessage} incoming
 * @param {AbortSignal} signal
 */
async function toRequest(incoming, signal) {
  const {
    method = 'GET',
    url = '/',
    headersDistinct,
    headers: { host },
  } = incoming;
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value) => /** @type {[string, string]} */ ([name, value])),
  );
  const body = method === 'GET' || method === 'HEAD' ? null : await readBody(incoming);
  // As the client knows it, since an answer may name an address of ours.
  const origin = URL.canParse(`http://${host}`) ? `http://${host}` : 'http://sandbox.localhost';
  return new Request(origin + url, { method, headers, body, signal });
}

/**
 * @param {Response} response
 * @param {import('node:http').ServerResponse} outgoing
 */
async function send(response, outgoing) {
  outgoing.removeHeader('cache-control'); // what may be stored, an answer says itself
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), outgoing);
  else outgoing.end();
}
