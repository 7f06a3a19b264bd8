import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createTestTransport, type TestTransport } from '../../../src/testing/index.ts';
import { createWebViewHost, type WebViewHost } from '../../../src/webview-host.ts';
import type { Page } from '../../engines/page.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';

/** What a page of these has as a script: a widget that keeps what it gets, and a way to post to the app. */
const SCRIPT = `
  var got = [];
  var personetics = { handlePServerResponse: function (reply, id) { got.push([JSON.parse(reply), id]); } };
  function ask(id, type) {
    var message = { requestString: 'sendRequestToPServer', requestData: { type: type }, requestId: id };
    // Not by fetch: WebKit sends none while another page is on its way.
    navigator.sendBeacon('/message?' + encodeURIComponent(location.href), JSON.stringify(message));
  }
  // Begins to load another page, and asks while the server of that takes its time.
  function leave(address) {
    setTimeout(function () { location.href = address; }, 100);
    setTimeout(function () { ask('1', 'old'); }, 300);
  }`;

/**
 * An app with a host, whose WebView is a page of a real browser: what the page posts comes over HTTP, and its server
 * answers some addresses only after it has asked.
 */
export class WatchedHost {
  readonly transport: TestTransport = createTestTransport();
  /** When the last request has come, in ms since the epoch. */
  askedAt = 0;
  #server: LocalServer | undefined;
  #host: WebViewHost | undefined;
  #scripts: string[] = [];
  #heard: () => void = () => {};
  readonly #hasAsked = new Promise<void>((resolve) => {
    this.#heard = resolve;
  });

  async open(withOrigins: boolean): Promise<void> {
    this.#server = await serveLocally((request, response) => this.#serve(request, response));
    this.#host = createWebViewHost({
      transport: this.transport,
      inject: (script) => this.#scripts.push(script),
      reply: 'json',
      pieceSize: 8,
      timeout: false,
      origins: withOrigins ? [this.origin, this.otherOrigin] : undefined,
    });
  }

  get origin(): string {
    return this.#server?.url ?? '';
  }

  /** The same server, of which the browser does not know that. */
  get otherOrigin(): string {
    return this.origin.replace('127.0.0.1', 'localhost');
  }

  /** Has the shown page leave for an address. Resolves when it has asked once more. */
  async leave(page: Page, address: string): Promise<void> {
    await page.evaluate(`() => leave(${JSON.stringify(address)})`);
    this.#host?.reset();
    await this.#hasAsked;
  }

  /** Has the shown page ask. */
  async ask(page: Page, type: string): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.#heard = resolve;
    });
    await page.evaluate(`() => ask('1', ${JSON.stringify(type)})`);
    await heard;
  }

  /** Answers what was asked, from the first on, in the page that is shown. Returns what that has got so far. */
  async answer(page: Page): Promise<unknown> {
    for (const { request, answer } of this.transport.sent) answer({ of: request.type });
    await new Promise(setImmediate);
    for (const script of this.#scripts.splice(0)) {
      // As a WebView runs it: in the page's own scope.
      await page.evaluate((code) => {
        // biome-ignore lint/security/noGlobalEval: that is what a WebView does
        globalThis.eval(code);
      }, script);
    }
    return page.evaluate('() => got');
  }

  async close(): Promise<void> {
    this.#host?.dispose();
    await this.#server?.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', this.origin);
    if (pathname === '/message') {
      const data = await text(request);
      this.askedAt = Date.now();
      this.#host?.onMessage({ nativeEvent: { data, url: decodeURIComponent(search.slice(1)) } });
      this.#heard();
      response.writeHead(204).end();
      return;
    }
    const isLate = pathname.startsWith('/late');
    if (isLate) {
      await this.#hasAsked;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (pathname === '/late-redirect') {
      response.writeHead(302, { location: decodeURIComponent(search.slice(1)) }).end();
      return;
    }
    if (pathname === '/late-nothing') {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' });
    response.write(`<!doctype html><title>${isLate ? 'next' : 'page'}</title><script>${SCRIPT}</script>`);
    response.end('<p>A page of the bank');
  }
}
