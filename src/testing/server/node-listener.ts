import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { refuse, wrongMethod } from './answers.ts';
import type { Guard } from './refuse-other-names.ts';
import { BodyTooLarge, readBody } from './request-body.ts';

/** How many requests are answered at once; each may hold a body. */
const CAPACITY = 200;

/** Those that pages have. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const HEADERS = {
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/**
 * Answers requests on a real port as `fetch` would be answered. A client that goes away aborts the request's signal; an
 * error response breaks the connection, as it stands for a network failure.
 */
export function createNodeListener(
  answer: (request: Request) => Promise<Response>,
  guard: Guard = () => undefined,
): RequestListener {
  let open = 0;

  return async (incoming, outgoing) => {
    // A connection that was used before may break unnoticed: browsers then repeat the request on a new one, and a
    // fault that breaks it would pass unseen.
    outgoing.shouldKeepAlive = false;
    outgoing.on('close', () => {
      open -= 1;
    });
    open += 1;
    try {
      const response = await answerOrRefuse(incoming, outgoing);
      if (response.type === 'error') outgoing.destroy();
      else await send(response, outgoing);
    } catch (error) {
      if (outgoing.destroyed) return; // the client has gone, and nobody is left to be told
      console.error(error);
      if (outgoing.headersSent) outgoing.destroy();
      else await send(refuse(500, 'The sandbox failed.'), outgoing);
    }
  };

  async function answerOrRefuse(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> {
    const refused = guard(incoming);
    if (refused) return refused;
    if (open > CAPACITY) return refuse(429, `${CAPACITY} requests are being answered, which is the most.`);
    if (!METHODS.has(incoming.method ?? '')) return wrongMethod([...METHODS]);
    if (!incoming.url?.startsWith('/')) return refuse(400, 'The address must be a path.');
    const client = new AbortController();
    outgoing.on('close', () => client.abort());
    try {
      return await answer(await toRequest(incoming, client.signal));
    } catch (error) {
      if (error instanceof BodyTooLarge) return refuse(413, error.message);
      throw error;
    }
  }
}

/** A `HEAD` is a `GET` whose body Node leaves out. */
async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { url = '/', headersDistinct } = incoming;
  const method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET');
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const body = method === 'GET' ? null : await readBody(incoming);
  return new Request(originOf(incoming) + url, { method, headers, body, signal });
}

/** As the client knows it, since an answer may name an address of ours. */
function originOf({ headers: { host } }: IncomingMessage): string {
  const origin = `http://${host}`;
  return host && URL.canParse(origin) ? origin : 'http://sandbox.localhost';
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers = { ...HEADERS, ...Object.fromEntries(response.headers) };
  if (isStream(response)) {
    outgoing.writeHead(response.status, headers);
    // Node's own type of it, which lib.dom's is not.
    await pipeline(Readable.fromWeb(response.body as unknown as ReadableStream), outgoing);
    return;
  }
  const body = Buffer.from(await response.arrayBuffer());
  const length = response.status === 204 ? {} : { 'content-length': body.length };
  outgoing.writeHead(response.status, { ...headers, ...length }).end(body);
}

function isStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}
