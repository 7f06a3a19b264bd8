import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createSandbox, type LinxoOptions, type Sandbox } from '../../../src/testing/index.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { bundlePage } from '../bundle-page.ts';

/** A request to the queue's server, preflights among them. */
export interface Visit {
  readonly method: string;
  /** Below the base address. */
  readonly path: string;
  /** Which page asked, if that told. */
  readonly tab: string | undefined;
  /** What became of it; `held`: its answer waits on the way; `gone`: nobody waits for that any more. */
  readonly status: number | 'pending' | 'held' | 'gone';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const HTML = '<!doctype html><title>Bank</title><script src="/page.js"></script>';

/** Pages and scripts that may share memory with their workers. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const SCRIPT = { 'content-type': 'text/javascript' };
const PAGE = { 'content-type': 'text/html' };

/** As strict as a bank's page may be. */
const STRICT = { 'content-security-policy': "default-src 'self'; require-trusted-types-for 'script'" };

/** By the page's path. */
const POLICIES: Readonly<Record<string, object>> = { '/isolated': ISOLATED, '/strict': STRICT };

/** A worker that raises a flag when it is told to: a page that stands still sees it in the memory that they share. */
const FLAG = `onmessage = async ({ data: flag }) => {
  postMessage('ready');
  await fetch('/later');
  Atomics.store(flag, 0, 1);
};`;

/**
 * A bank's page and a user's queue, on a real port. Under the name `localhost`, the same server is another
 * origin, and another site.
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
      else if (pathname === '/page.js') response.writeHead(200, { ...ISOLATED, ...SCRIPT }).end(script);
      else response.writeHead(200, { ...POLICIES[pathname], ...PAGE }).end(HTML);
    });
    return new QueueServer(sandbox, visits, server, gate, later);
  }

  /** Where the pages are. */
  get url(): string {
    return this.#server.url;
  }

  /** The same server at another site. */
  get elsewhere(): string {
    return this.url.replace('127.0.0.1', 'localhost');
  }

  /** The reads of queues, from the nth visit on. */
  reads(since = 0): Visit[] {
    return this.visits
      .slice(since)
      .filter(({ method, path }) => method === 'GET' && path.startsWith('queues/'));
  }

  /** Which pages have read a queue, from the nth visit on. */
  readers(since = 0): (string | undefined)[] {
    return [...new Set(this.reads(since).map(({ tab }) => tab))];
  }

  /**
   * From now on, what is answered waits on its way to the page, until the function returned is called.
   *
   * @param status Of the answers that wait, if not all of them do.
   */
  hold(status?: number): () => void {
    return this.#gate.close(status);
  }

  /** The same for workers of `/flag.js`: each raises its flag then. */
  keepWaiting(): () => void {
    return this.#later.close();
  }

  async close(): Promise<void> {
    this.sandbox.close();
    await this.#server.close();
  }
}

/** Lets answers pass, or waits. */
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
