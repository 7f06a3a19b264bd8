import { once } from 'node:events';

const ATTEMPTS = 50;

/**
 * Listens on the wanted port, or on the next one that is free.
 *
 * @param {import('node:http').Server} server
 * @param {number} wanted  0 for any
 * @param {string} host
 * @returns {Promise<number>} the port
 */
export async function listen(server, wanted, host) {
  const last = Math.min(wanted + ATTEMPTS - 1, 65_535);
  for (let port = wanted; port <= last; port += 1) {
    if (await listensOn(server, port, host)) return portOf(server);
  }
  throw new Error(`All ports from ${wanted} to ${last} are taken.`);
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 */
async function listensOn(server, port, host) {
  try {
    await once(server.listen(port, host), 'listening');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** @param {import('node:http').Server} server */
function portOf(server) {
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}
