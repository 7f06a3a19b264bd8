import { readBody } from './read-body.js';
import { respondRefusal } from './respond.js';

/**
 * A route that takes an order as a JSON object. One that makes no sense, which a `TypeError` says, is refused with a word
 * why.
 *
 * @param {(order: Readonly<Record<string, unknown>>, response: import('node:http').ServerResponse) => void} carryOut
 * @returns {import('./create-listener.js').Route}
 */
export function onOrder(carryOut) {
  return async (request, response) => {
    const body = await readBody(request);
    try {
      carryOut(parse(body), response);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      respondRefusal(response, 400, error.message);
    }
  };
}

/** @param {string} body */
function parse(body) {
  const order = parsed(body);
  if (typeof order !== 'object' || order === null) throw new TypeError('The body must be a JSON object.');
  return order;
}

/** @param {string} body */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
