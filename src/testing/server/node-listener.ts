import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { TooMany } from '../limits.ts';
import { refusalResponse, wrongMethod } from './answers.ts';
import type { Guard } from './host-names.ts';

/** How many requests are answered at once. Each may have a body in memory. */
const CAPACITY = 200;

/** The methods that pages can use. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const HEADERS = {
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/**
 * Connects Node's HTTP server to a function with `fetch` types. When the client disconnects, the signal of the request aborts.
 * `Response.error()` closes the connection, to simulate a network error.
 */
export function createNodeListener(
  answer: (request: Request) => Promise<Response>,
  guard: Guard = () => undefined,
): RequestListener {
  let open = 0;

  return async (incoming, outgoing) => {
    // When a reused connection breaks, browsers silently repeat the request on a new one. That would hide the fault
    // `network`.
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
      if (outgoing.destroyed) return; // the client has disconnected
      console.error(error);
      if (outgoing.headersSent) outgoing.destroy();
      else await send(refusalResponse(500, 'The sandbox failed.'), outgoing);
    }
  };

  async function answerOrRefuse(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> {
    const refused = guard(incoming);
    if (refused) return refused;
    if (open > CAPACITY) return refusalResponse(429, new TooMany(CAPACITY, 'requests').message);
    if (!METHODS.has(incoming.method ?? '')) return wrongMethod([...METHODS]);
    if (!incoming.url?.startsWith('/')) return refusalResponse(400, 'The address must be a path.');
    const client = new AbortController();
    outgoing.on('close', () => client.abort());
    try {
      return await answer(await toRequest(incoming, client.signal));
    } catch (error) {
      if (error instanceof BodyTooLarge) return refusalResponse(413, error.message);
      throw error;
    }
  }
}

/** A `HEAD` becomes a `GET`: Node drops the body of the answer. */
async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { url = '/', headersDistinct } = incoming;
  const method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET');
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const body = method === 'GET' ? null : await readBody(incoming);
  return new Request(originOf(incoming) + url, { method, headers, body, signal });
}

/** The origin that the client uses, because answers may contain addresses of this server. */
function originOf({ headers: { host } }: IncomingMessage): string {
  const origin = `http://${host}`;
  return host && URL.canParse(origin) ? origin : 'http://sandbox.localhost';
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers = { ...HEADERS, ...Object.fromEntries(response.headers) };
  if (isStream(response)) {
    outgoing.writeHead(response.status, headers);
    // The type of Node differs from the type of lib.dom.
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

const MAX_BODY = 1_000_000;

/** The body is longer than any command. */
class BodyTooLarge extends Error {
  constructor() {
    super(`The limit of a body is ${MAX_BODY} bytes.`);
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // The rest is read too, but not kept: a client that is still sending would not read the answer.
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) throw new BodyTooLarge();
  return Buffer.concat(chunks).toString('utf8');
}
