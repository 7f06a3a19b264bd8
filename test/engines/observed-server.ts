import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LocalServer, serveLocally } from '../harness/local-server.ts';
import { forward } from './forward.ts';
import { type AllowedFailure, failuresAmong, type ObservedRequest } from './observed-request.ts';
import type { Page } from './page.ts';

/** Problems that a test causes on purpose. */
export interface Allowed {
  readonly requests?: readonly AllowedFailure[];
  /** Matched with the text of a problem, such as `console.error in /: …`. */
  readonly reports?: readonly RegExp[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Paths of the observer. */
const own = '/.observer/';

/**
 * A proxy before a server on this machine, which observes pages in the same way in every engine: it adds a script
 * to each document, which reports problems. It changes nothing else, not even headers. The policy of the pages must
 * therefore allow scripts from, and connections to, `'self'`.
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

  /** All requests of the pages, in order. */
  get requests(): readonly ObservedRequest[] {
    return this.#requests;
  }

  /**
   * All problems so far, except allowed ones: uncaught errors and rejections, calls of `console.error`, violations
   * of the content security policy, resources that did not load, failed requests.
   *
   * @param page An open page. Waits for the reports of what has just happened in it.
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

  /** Forgets all requests and problems, for the next test on the same server. */
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
      report: (status) => {
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

/** Puts a script at the top of a document, so that it runs before all others. */
function injectScript(html: string, address: string): string {
  const top =
    /<head(\s[^>]*)?>/i.exec(html) ?? /<html(\s[^>]*)?>/i.exec(html) ?? /^\s*<!doctype[^>]*>/i.exec(html);
  const at = top ? top.index + top[0].length : 0;
  return `${html.slice(0, at)}<script src="${address}"></script>${html.slice(at)}`;
}
