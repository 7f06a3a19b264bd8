import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageHeaders } from './page-policy.js';
import { scriptRoutes } from './script-routes.js';
import { readStatic } from './static-files.js';

/** Where the files of the pages' import maps are: beside the file that the package's own `exports` name. */
const PACKAGE_FOLDER = dirname(createRequire(import.meta.url).resolve('bankside'));

/** Served beside each page. */
const FOLDERS = {
  '/packages/bankside/': PACKAGE_FOLDER,
  '/shared/': folder('../showcase/shared/'),
  '/minimal/vanilla/': folder('../minimal/vanilla/'),
  '/minimal/react/': folder('../minimal/react/dist/'),
  '/minimal/angular/': folder('../minimal/angular/dist/'),
};

/**
 * Serves the pages' files, what they share below `/shared/`, the minimal examples below `/minimal/`, the package of the import
 * maps below `/packages/`, and the pages' configuration.
 *
 * @param {Readonly<Record<string, string>>} pageFolders by their place: `/`, or a name between two slashes
 * @param {import('./config.js').PageConfig} pageConfig
 * @returns {(request: Request) => Promise<Response | undefined>}
 */
export function pageRoutes(pageFolders, pageConfig) {
  const scripts = scriptRoutes();
  const folders = Object.entries({ ...FOLDERS, ...pageFolders });
  folders.sort(([a], [b]) => b.length - a.length); // the closest comes first

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/sandbox/scripts' && pageConfig.sandbox) return scripts(request);
    if (request.method !== 'GET') return undefined;
    if (pathname === '/config.json') return Response.json(pageConfig);
    if (pathname === '/favicon.ico') return new Response(null, { status: 204 }); // the pages link their own
    const file = await readFile(pathname);
    return file ? new Response(new Uint8Array(file.body), { headers: headersOf(file) }) : undefined;
  };

  /** @param {string} path */
  function readFile(path) {
    const [place, folder] = folders.find(([place]) => path.startsWith(place)) ?? [];
    return place && folder ? readStatic(folder, path.slice(place.length) || '/') : undefined;
  }

  /** @param {{ body: Buffer, type: string }} file */
  function headersOf({ body, type }) {
    const isPage = type.startsWith('text/html');
    return { 'content-type': type, ...(isPage && pageHeaders(body.toString('utf8'), pageConfig)) };
  }
}

/** @param {string} path */
function folder(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
