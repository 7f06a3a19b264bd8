import { answerByHandlers } from './answer-by-handlers.js';
import { BodyTooLarge } from './read-body.js';
import { respondJson, respondNothing, respondRefusal } from './respond.js';
import { isSameOrigin } from './same-origin.js';

/**
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {(request: IncomingMessage, response: ServerResponse) => void | Promise<void>} Route
 * @typedef {Partial<Record<'GET' | 'POST' | 'DELETE', Route>>} Methods
 *
 * @typedef {object} Parts
 * @property {import('./config.js').PageConfig} pageConfig
 * @property {Record<string, Methods>} routes
 * @property {import('msw').RequestHandler[]} handlers
 * @property {(path: string, response: ServerResponse) => Promise<void>} files
 */

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/**
 * What happens to each request of the server.
 *
 * @param {Parts} parts
 * @returns {(request: IncomingMessage, response: ServerResponse) => Promise<void>}
 */
export function createListener({ pageConfig, routes, handlers, files }) {
  /** @type {Map<string, Methods>} */
  const table = new Map(Object.entries(routes));
  table.set('/config.json', { GET: (_request, response) => respondJson(response, 200, pageConfig) });
  table.set('/favicon.ico', { GET: (_request, response) => respondNothing(response) }); // the page links its own

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function route(request, response) {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    if (!path.startsWith('/')) return respondRefusal(response, 400, 'The address must be a path.');
    if (mustBeOurs(path, method) && !isSameOrigin(request))
      return respondRefusal(response, 403, 'Wrong origin.');
    const methods = table.get(path);
    if (methods) return respondByMethod(methods, method, request, response);
    if (isOfQueue(path) && (await answerByHandlers(handlers, request, response))) return;
    if (method === 'GET') return files(path, response);
    if (!(await answerByHandlers(handlers, request, response))) respondWrongMethod(response, ['GET', 'HEAD']);
  }

  return async (request, response) => {
    // A connection that was used before may break unnoticed: browsers then repeat the request on a new one, and a
    // fault that breaks it would pass unseen.
    response.shouldKeepAlive = false;
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    try {
      await route(request, response);
    } catch (error) {
      fail(error, response);
    }
  };
}

/** @param {string} path */
function isOfQueue(path) {
  return /^\/(gateway\/)?linxo\//.test(path);
}

/**
 * A page of another origin may ask the queue itself, as far as CORS lets it read the answer: it has to show a token, and
 * no browser adds that. A gateway adds it for whoever asks, and a read of a queue changes it.
 *
 * @param {string} path
 * @param {string} method
 */
function mustBeOurs(path, method) {
  return isOfQueue(path) ? path.startsWith('/gateway/') : method !== 'GET';
}

/**
 * @param {Methods} methods
 * @param {string} method
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
function respondByMethod(methods, method, request, response) {
  const [, route] = Object.entries(methods).find(([name]) => name === method) ?? [];
  return route ? route(request, response) : respondWrongMethod(response, Object.keys(methods));
}

/**
 * @param {ServerResponse} response
 * @param {string[]} allowed
 */
function respondWrongMethod(response, allowed) {
  response.setHeader('allow', allowed.join(', '));
  respondRefusal(response, 405, `Only ${allowed.join(' and ')} here.`);
}

/**
 * @param {unknown} error
 * @param {ServerResponse} response
 */
function fail(error, response) {
  if (response.destroyed) return; // the client has gone, and nobody is left to be told
  if (response.headersSent) return void response.destroy();
  if (error instanceof BodyTooLarge) return respondRefusal(response, 413, 'The body is too large.');
  console.error(error);
  respondRefusal(response, 500, 'The sandbox failed.');
}
