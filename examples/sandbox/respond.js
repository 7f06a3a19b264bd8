/** @typedef {import('node:http').ServerResponse} ServerResponse */

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {unknown} value
 */
export function respondJson(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...lengthOf(body) });
  response.end(body);
}

/**
 * In the shape of the servers' own refusals.
 *
 * @param {ServerResponse} response
 * @param {number} status
 * @param {string} statusMessage
 */
export function respondRefusal(response, status, statusMessage) {
  respondJson(response, status, { ok: false, status: String(status), statusMessage });
}

/**
 * Not a bare 204: Chromium's tools report one that the page does not read as an aborted request.
 *
 * @param {ServerResponse} response
 */
export function respondDone(response) {
  respondJson(response, 200, { ok: true });
}

/** @param {ServerResponse} response */
export function respondNothing(response) {
  response.writeHead(204).end();
}

/**
 * @param {ServerResponse} response
 * @param {{ body: Buffer, type: string }} file
 * @param {Record<string, string>} headers
 */
export function respondFile(response, { body, type }, headers = {}) {
  response.writeHead(200, { 'content-type': type, ...lengthOf(body), ...headers });
  response.end(body); // Node leaves the body out of its answer to a HEAD
}

/** @param {string | Buffer} body */
function lengthOf(body) {
  return { 'content-length': Buffer.byteLength(body) };
}
