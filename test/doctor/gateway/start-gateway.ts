import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { type Backend, createBackend } from './backend.ts';
import type { GatewayRequest, Reply } from './reply.ts';
import { type Gateway, type RightGatewayOptions, rightGateway } from './right-gateway.ts';
import { RIGHT_PAGE } from './right-page.ts';

/** Changes an answer on its way. */
export type Change = (reply: Reply, request: GatewayRequest) => Reply;

/** Where a fault is: in the servers, in the gateway before them, or on the way. */
export type Place = 'server' | 'gateway' | 'wire';

export interface StartGatewayOptions extends Omit<RightGatewayOptions, 'origin'> {
  readonly changes?: readonly { readonly at: Place; readonly change: Change }[];
  /** Whether the gateway adds the tokens. */
  readonly addsTokens?: boolean;
  /** What answers in place of the right gateway. Gets the origin of the page. */
  readonly gateway?: (origin: string) => Gateway;
  /** Starts the server of the gateway. Default: plain HTTP. */
  readonly serve?: (listener: RequestListener) => Promise<LocalServer>;
  /** Scheme and host of the addresses that are named, where no server is. */
  readonly place?: string;
  /** Whether the page is on the gateway's own origin. */
  readonly sameOrigin?: boolean;
}

/** A bank: a gateway with servers behind it, and a page on another origin. */
export interface StartedGateway {
  /** The origin of the page. */
  readonly origin: string;
  readonly page: string;
  readonly gateway: string;
  /** The address of a subject. */
  addressOf(subject: 'pserver' | 'enrich' | 'ob' | 'linxo'): string;
  /** What has arrived, preflights included. */
  readonly requests: readonly GatewayRequest[];
  close(): Promise<void>;
}

/** Starts a bank that is right in each point, but for the changes. */
export async function startGateway(options: StartGatewayOptions = {}): Promise<StartedGateway> {
  const { changes = [], sameOrigin = false, serve = serveLocally } = options;
  const backend = createBackend(options);
  const requests: GatewayRequest[] = [];
  let origin = '';
  let gateway: Gateway | undefined;

  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request = read(message, Buffer.concat(chunks).toString(), requests);
      requests.push(request);
      gateway ??= (options.gateway ?? ((allowed) => rightGateway({ ...options, origin: allowed })))(origin);
      const reply = answerTo(request, gateway, backend, changes);
      (reply.send ?? sendPlainly)(response, reply);
    });
  };

  const server = await serve(listener);
  const pages = sameOrigin ? server : await serveLocally(listener);
  origin = pages.url;
  const address = options.place ?? server.url;
  return {
    origin,
    page: `${origin}/accounts`,
    gateway: address,
    addressOf: (subject) => `${address}/${subject === 'linxo' ? subject : `${subject}/execute`}`,
    requests,
    async close() {
      await Promise.all([...new Set([server, pages])].map((one) => one.close()));
    },
  };
}

function answerTo(
  request: GatewayRequest,
  gateway: Gateway,
  backend: Backend,
  changes: NonNullable<StartGatewayOptions['changes']>,
): Reply {
  const changed = (at: Place, reply: Reply): Reply =>
    changes.filter((one) => one.at === at).reduce((before, { change }) => change(before, request), reply);
  if (request.subject === 'page') return changed('wire', changed('gateway', RIGHT_PAGE));
  const answered = gateway.answer(request, () => changed('server', backend.answer(request)));
  return changed('wire', changed('gateway', answered));
}

function read(message: IncomingMessage, body: string, before: readonly GatewayRequest[]): GatewayRequest {
  const { pathname } = new URL(message.url ?? '', 'http://gateway.invalid');
  const [, first = ''] = pathname.split('/');
  const known = ['pserver', 'enrich', 'ob', 'linxo'].find((name) => name === first);
  const subject = (known ?? 'page') as GatewayRequest['subject'];
  const count = before.filter((one) => one.subject === subject && one.method !== 'OPTIONS').length;
  return { subject, method: message.method ?? '', path: pathname, headers: message.headers, body, count };
}

function sendPlainly(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(
    status,
    headers.flatMap((line) => [...line]),
  );
  response.end(body);
}
