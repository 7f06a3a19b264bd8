import { createServer } from 'node:http';
import { listen } from './listen.js';

/**
 * Serves the sandbox's queue on a port of this machine, and records all requests, preflights included.
 *
 * @param {{ respond(request: Request): Promise<Response> }} linxo
 */
export async function serveLinxo({ respond }) {
  /** @type {{ method: string, path: string }[]} */
  const seen = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url: path = '/' } = incoming;
    seen.push({ method, path });
    const headers = /** @type {Record<string, string>} */ (incoming.headers);
    const body = method === 'POST' ? { body: await textOf(incoming) } : {};
    const response = await respond(new Request(`${origin}${path}`, { method, headers, ...body }));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  const { origin, close } = await listen(server);
  return { origin, seen, close };
}

/** @param {import('node:http').IncomingMessage} incoming */
async function textOf(incoming) {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}
