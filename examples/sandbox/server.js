import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createSandbox } from 'bankside/testing';
import { readConfig } from './config.js';
import { createListener } from './create-listener.js';
import { createEventStream } from './event-stream.js';
import { listen } from './listen.js';
import { pageRoutes } from './page-routes.js';
import { sandboxRoutes } from './sandbox-routes.js';

const PAGE_FOLDER = fileURLToPath(new URL('../vanilla/', import.meta.url));

/**
 * Serves the example page, and the sandbox that it talks to unless the environment names real end points.
 *
 * @type {typeof import('./server.d.ts').startServer}
 */
export async function startServer(options = {}) {
  const { env = process.env, pageFolder = PAGE_FOLDER } = options;
  const config = readConfig(env);
  const { port: wanted = config.port, host = config.host } = options;

  const replies = createEventStream();
  const sandbox = config.page.sandbox
    ? createSandbox({ ...options.sandbox, onPush: replies.send })
    : undefined;
  const server = createServer(
    createListener({
      pageConfig: config.page,
      routes: sandbox ? sandboxRoutes(sandbox, replies) : {},
      handlers: sandbox?.handlers ?? [],
      files: pageRoutes(pageFolder, config.page),
    }),
  );
  const port = await listen(server, wanted, host);

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    wanted,
    sandbox,
    async close() {
      sandbox?.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
