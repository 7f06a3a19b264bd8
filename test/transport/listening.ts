import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A real server on a port of its own, and the requests that it got. */
export interface Listening {
  readonly url: string;
  readonly arrivals: readonly { readonly headers: IncomingMessage['headers']; readonly body: string }[];
}

/** For what only a real connection shows: redirects as the engine sees them, answers that break off. Runs as long as the test. */
export async function listening(
  answer: (response: ServerResponse, count: number) => void,
): Promise<Listening> {
  const arrivals: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server: Server = createServer(async (request, response) => {
    arrivals.push({ headers: request.headers, body: await text(request) });
    answer(response, arrivals.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/execute`, arrivals };
}
