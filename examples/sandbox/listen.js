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
    if (await isFree(server, port, host)) return portOf(server);
  }
  throw new Error(`All ports from ${wanted} to ${last} are taken.`);
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function isFree(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('listening', succeeded).once('error', failed).listen(port, host);

    function succeeded() {
      server.off('error', failed);
      resolve(true);
    }

    /** @param {NodeJS.ErrnoException} error */
    function failed(error) {
      server.off('listening', succeeded);
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    }
  });
}

/** @param {import('node:http').Server} server */
function portOf(server) {
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}
