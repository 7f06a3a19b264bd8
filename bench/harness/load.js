import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const built = fileURLToPath(new URL('../../dist', import.meta.url));

/** @typedef {typeof import('bankside') & typeof import('bankside/testing')} Package */

/**
 * The built package and its sandbox.
 *
 * @param {{ dist?: string }} options
 * @returns {Promise<Package>}
 */
export async function load({ dist = built }) {
  const from = (/** @type {string} */ entry) => import(pathToFileURL(join(dist, entry)).href);
  return { ...(await from('index.js')), ...(await from('testing/index.js')) };
}
