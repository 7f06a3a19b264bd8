import { fileURLToPath } from 'node:url';
import { startSandboxServer } from 'bankside/testing/server';
import { readConfig } from './config.js';
import { pageRoutes } from './page-routes.js';

const PAGE_FOLDER = fileURLToPath(new URL('../showcase/vanilla/', import.meta.url));

/**
 * Serves the example page, and the sandbox that it talks to unless the environment names real end points.
 *
 * @type {typeof import('./server.d.ts').startServer}
 */
export async function startServer(options = {}) {
  const { env = process.env, pageFolder = PAGE_FOLDER, otherPages = {}, sandbox = {} } = options;
  const config = readConfig(env);
  const { port: wanted = config.port, host = config.host } = options;
  const server = await startSandboxServer({
    port: wanted,
    host,
    allowedHosts: config.allowedHosts,
    cors: false, // the page is the server's own
    sandbox: config.page.sandbox && sandbox,
    pages: pageRoutes({ ...otherPages, '/': pageFolder }, config.page),
  });
  return { ...server, wanted };
}
