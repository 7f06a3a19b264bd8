import { PACKAGES } from './packages.js';
import { pageHeaders } from './page-policy.js';
import { respondFile, respondRefusal } from './respond.js';
import { readStatic } from './static-files.js';

/**
 * The page's files at `/`, and the packages of its import map below `/packages/`.
 *
 * @param {string} pageFolder
 * @param {import('./config.js').PageConfig} pageConfig
 */
export function pageRoutes(pageFolder, pageConfig) {
  /**
   * @param {string} path
   * @param {import('node:http').ServerResponse} response
   */
  return async (path, response) => {
    const file = (await readPackageFile(path)) ?? (await readStatic(pageFolder, path));
    if (!file) return respondRefusal(response, 404, 'There is nothing at this address.');
    const isPage = file.type.startsWith('text/html');
    respondFile(response, file, isPage ? pageHeaders(file.body.toString('utf8'), pageConfig) : {});
  };
}

/** @param {string} path */
async function readPackageFile(path) {
  const [, name = '', rest = ''] = /^\/packages\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const folder = PACKAGES.get(name);
  return folder && (await readStatic(folder, rest));
}
