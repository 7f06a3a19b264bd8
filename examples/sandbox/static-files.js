import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml; charset=utf-8'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.txt', 'text/plain; charset=utf-8'],
]);

/**
 * Reads a file below a folder by its path in an address. `undefined` for all that a stranger must not be able to tell
 * apart: what does not exist, lies outside of the folder (by a link, too), is hidden, or has no known type.
 *
 * @param {string} folder
 * @param {string} path  percent-encoded, as in the address
 * @returns {Promise<{ body: Buffer, type: string } | undefined>}
 */
export async function readStatic(folder, path) {
  const segments = decode(path.endsWith('/') ? `${path}index.html` : path);
  if (!segments) return undefined;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...segments));
    const type = TYPES.get(extname(file));
    if (!type || !file.startsWith(root + sep)) return undefined;
    return { body: await readFile(file), type };
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function decode(path) {
  try {
    const segments = path.split('/').map(decodeURIComponent);
    return segments.some((segment) => /^\.|[/\\\0]/.test(segment)) ? undefined : segments;
  } catch {
    return undefined;
  }
}
