import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LocalServer, serveLocally } from '../harness/local-server.ts';
import { forward } from './forward.ts';
import { injectScript } from './inject-script.ts';
import { type AllowedFailure, failuresAmong, type ObservedRequest } from './observed-request.ts';
import type { Page } from './page.ts';

/** What a test brings about on purpose. */
export interface Allowed {
  readonly requests?: readonly AllowedFailure[];
  /** Tested against the text of a problem, such as `console.error in /: …`. */
  readonly reports?: readonly RegExp[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Paths of the observer's own. */
const own = '/.observer/';

/**
 * Stands before a server on this machine and observes the pages that it serves, in the same way in every engine: each document
 * gets one more script of the same origin, which reports what it sees. Nothing else is changed on the way, headers included;
 * the pages' policy must therefore let them load scripts from, and connect to, `'self'`.
 */
export class ObservedServer {
  readonly #target: string;
  readonly #script: string;
  readonly #requests: Mutable<ObservedRequest>[] = [];
  readonly #reports: string[] = [];
  /** Documents whose observer has not run yet, by their number. */
  readonly #blind = new Map<string, string>();
  readonly #server: LocalServer;
  #documents = 0;

  private constructor(target: string, script: string, server: LocalServer) {
    this.#target = target;
    this.#script = script;
    this.#server = server;
  }

  /** @param target The origin of the server, such as `http://127.0.0.1:4173`. */
  static async start(target: string): Promise<ObservedServer> {
    const script = await readFile(new URL('observer.js', import.meta.url), 'utf8');
    const server = await serveLocally((request, response) => observed.#answer(request, response));
    const observed = new ObservedServer(new URL(target).origin, script, server);
    return observed;
  }

  /** The origin to open pages at, in place of the server's own. */
  get url(): string {
    return this.#server.url;
  }

  /** Everything that the pages have asked the server for, in order. */
  get requests(): readonly ObservedRequest[] {
    return this.#requests;
  }

  /**
   * What went wrong until now, but for what is allowed: uncaught errors and rejections, calls of `console.error`, breaches of
   * the content security policy, resources that did not load, requests that failed.
   *
   * @param page One that is still open: what has just happened in it is waited for.
   */
  async problems(page: Page, allowed: Allowed = {}): Promise<readonly string[]> {
    await page.evaluate(() => new Promise<void>((resolve) => setTimeout(resolve)));
    const expected = (report: string): boolean =>
      (allowed.reports ?? []).some((pattern) => pattern.test(report));
    return [
      ...this.#reports.filter((report) => !expected(report)),
      ...failuresAmong(this.#requests, allowed.requests ?? []).map(
        ({ method, path, status }) => `${method} ${path}: ${status}`,
      ),
      ...[...this.#blind.values()].map(
        (path) => `${path}: the policy of this page kept its observer from running`,
      ),
    ];
  }

  /** Forgets what was seen, for the next test on the same server. */
  reset(): void {
    this.#requests.length = 0;
    this.#reports.length = 0;
    this.#blind.clear();
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url: path = '' } = request;
    if (path.startsWith(own)) {
      void this.#answerObserver(request, response);
      return;
    }
    const seen: Mutable<ObservedRequest> = { method, path, status: 'pending' };
    this.#requests.push(seen);
    forward(request, response, {
      target: this.#target,
      tell: (status) => {
        seen.status = status;
      },
      changeHtml: (html) => injectScript(html, this.#scriptFor(path)),
    });
  }

  #scriptFor(path: string): string {
    const number = String(++this.#documents);
    this.#blind.set(number, path);
    return `${own}script?document=${number}`;
  }

  async #answerObserver(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST') this.#reports.push(await text(request));
    else this.#blind.delete(new URL(request.url ?? '', this.#target).searchParams.get('document') ?? '');
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
    response.end(request.method === 'GET' ? this.#script : '');
  }
}
