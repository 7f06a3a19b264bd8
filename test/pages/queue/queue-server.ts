import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createSandbox, type LinxoOptions, type Sandbox } from '../../../src/testing/index.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { bundlePage } from '../bundle-page.ts';

/** A request to the queue's server, or a preflight. */
export interface Visit {
  readonly method: string;
  /** Below the base address. */
  readonly path: string;
  /** The page that sent it, if its header says so. */
  readonly tab: string | undefined;
  /** The state. `held`: the answer is delayed. `gone`: the page has closed the connection. */
  readonly status: number | 'pending' | 'held' | 'gone';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const HTML = '<!doctype html><title>Bank</title><script src="/page.js"></script>';

/** Headers that let a page share memory with its workers. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const SCRIPT = { 'content-type': 'text/javascript' };
const PAGE = { 'content-type': 'text/html' };

/** As strict as a bank's page may be. */
const STRICT = { 'content-security-policy': "default-src 'self'; require-trusted-types-for 'script'" };

/** Stands in for the page of Linxo's widget, in a frame: it says at once what its address tells it to say. */
const WIDGET = '<!doctype html><title>Widget</title><script src="/widget.js"></script>';
const SAYING = `parent.postMessage(JSON.parse(new URLSearchParams(location.search).get('say')), '*');`;

/** By the page's path. */
const POLICIES: Readonly<Record<string, object>> = { '/isolated': ISOLATED, '/strict': STRICT };

/** A worker that sets a flag in shared memory at a message: a blocked page can see it. */
const FLAG = `onmessage = async ({ data: flag }) => {
  postMessage('ready');
  await fetch('/later');
  Atomics.store(flag, 0, 1);
};`;

/**
 * A bank's page and a user's queue, on a real port. As `localhost`, the same server is another origin and another
 * site.
 */
export class QueueServer {
  readonly sandbox: Sandbox;
  readonly visits: readonly Visit[];
  readonly #server: LocalServer;
  readonly #gate: Gate;
  readonly #later: Gate;

  private constructor(
    sandbox: Sandbox,
    visits: readonly Visit[],
    server: LocalServer,
    gate: Gate,
    later: Gate,
  ) {
    this.sandbox = sandbox;
    this.visits = visits;
    this.#server = server;
    this.#gate = gate;
    this.#later = later;
  }

  static async start(options: LinxoOptions = {}): Promise<QueueServer> {
    const script = await bundlePage('test/pages/queue/following-page.ts');
    const sandbox = createSandbox({ seed: 1, latency: [0, 0], linxo: options });
    const visits: Mutable<Visit>[] = [];
    const [gate, later] = [new Gate(), new Gate()];
    const server = await serveLocally((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://127.0.0.1');
      if (pathname.startsWith('/linxo/')) void answer(sandbox, visits, gate, request, response);
      else if (pathname === '/later') void later.pass().then(() => response.end());
      else if (pathname === '/flag.js') response.writeHead(200, { ...ISOLATED, ...SCRIPT }).end(FLAG);
      else if (pathname === '/widget') response.writeHead(200, PAGE).end(WIDGET);
      else if (pathname === '/widget.js') response.writeHead(200, SCRIPT).end(SAYING);
      else if (pathname === '/page.js') response.writeHead(200, { ...ISOLATED, ...SCRIPT }).end(script);
      else response.writeHead(200, { ...POLICIES[pathname], ...PAGE }).end(HTML);
    });
    return new QueueServer(sandbox, visits, server, gate, later);
  }

  /** The origin of the pages. */
  get url(): string {
    return this.#server.url;
  }

  /** The same server at another site. */
  get otherSite(): string {
    return this.url.replace('127.0.0.1', 'localhost');
  }

  /** The reads of queues, from the nth request on. */
  reads(since = 0): Visit[] {
    return this.visits
      .slice(since)
      .filter(({ method, path }) => method === 'GET' && path.startsWith('queues/'));
  }

  /** The pages that have read a queue, from the nth request on. */
  readers(since = 0): (string | undefined)[] {
    return [...new Set(this.reads(since).map(({ tab }) => tab))];
  }

  /**
   * Delays all answers until the returned function is called.
   *
   * @param status Only answers with this status are delayed, if given.
   */
  hold(status?: number): () => void {
    return this.#gate.close(status);
  }

  /** The same for workers of `/flag.js`: each sets its flag then. */
  keepWaiting(): () => void {
    return this.#later.close();
  }

  async close(): Promise<void> {
    this.sandbox.close();
    await this.#server.close();
  }
}

/** Sends the delayed answers. */
class Gate {
  #opening: Promise<void> = Promise.resolve();
  #status: number | undefined;

  close(status?: number): () => void {
    let open: () => void = () => {};
    this.#status = status;
    this.#opening = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  async pass(status?: number): Promise<void> {
    if (this.#status === undefined || status === this.#status) await this.#opening;
  }
}

async function answer(
  { linxo }: Sandbox,
  visits: Mutable<Visit>[],
  gate: Gate,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', headers, url = '' } = request;
  const visit: Mutable<Visit> = {
    method,
    path: url.replace('/linxo/', ''),
    tab: headers['x-tab']?.toString(),
    status: 'pending',
  };
  visits.push(visit);
  response.once('close', () => {
    if (typeof visit.status === 'string') visit.status = 'gone';
  });
  const body = method === 'POST' ? { body: await buffer(request) } : {};
  const answered = await linxo.respond(
    new Request(`http://${headers.host}${url}`, {
      method,
      headers: headers as Record<string, string>,
      ...body,
    }),
  );
  const content = Buffer.from(await answered.arrayBuffer());
  visit.status = 'held';
  await gate.pass(answered.status);
  if (answered.type === 'error') {
    response.destroy();
    return;
  }
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(content, () => {
    visit.status = answered.status;
  });
}
