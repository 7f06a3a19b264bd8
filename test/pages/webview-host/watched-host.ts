import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createTestTransport, type TestTransport } from '../../../src/testing/index.ts';
import { createWebViewHost, type WebViewHost } from '../../../src/webview-host.ts';
import type { Page } from '../../engines/page.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';

/** The script of the pages: a widget that records its replies, and a way to post to the app. */
const SCRIPT = `
  var got = [];
  var personetics = { handlePServerResponse: function (reply, id) { got.push([JSON.parse(reply), id]); } };
  function ask(id, type) {
    var message = { requestString: 'sendRequestToPServer', requestData: { type: type }, requestId: id };
    // Not by fetch, which WebKit does not send while another page loads.
    navigator.sendBeacon('/message?' + encodeURIComponent(location.href), JSON.stringify(message));
  }
  // Starts to load another page, and sends a request while its server delays the answer.
  function leave(address) {
    setTimeout(function () { location.href = address; }, 100);
    setTimeout(function () { ask('1', 'old'); }, 300);
  }`;

/**
 * An app with a host, whose WebView is a page of a real browser. The page posts over HTTP, and some addresses are
 * answered only after it has posted.
 */
export class WatchedHost {
  readonly transport: TestTransport = createTestTransport();
  /** When the last request arrived, in ms since the epoch. */
  requestedAt = 0;
  #server: LocalServer | undefined;
  #host: WebViewHost | undefined;
  #scripts: string[] = [];
  #received: () => void = () => {};
  readonly #hasRequest = new Promise<void>((resolve) => {
    this.#received = resolve;
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

  /** The same server under a name that is another site to the browser. */
  get otherOrigin(): string {
    return this.origin.replace('127.0.0.1', 'localhost');
  }

  /** Navigates the shown page to an address. Resolves once the old page has sent another request. */
  async leave(page: Page, address: string): Promise<void> {
    await page.evaluate(`() => leave(${JSON.stringify(address)})`);
    this.#host?.reset();
    await this.#hasRequest;
  }

  /** Sends a request from the shown page. */
  async ask(page: Page, type: string): Promise<void> {
    const received = new Promise<void>((resolve) => {
      this.#received = resolve;
    });
    await page.evaluate(`() => ask('1', ${JSON.stringify(type)})`);
    await received;
  }

  /** Answers all requests so far, in order, in the shown page. Returns the replies of that page so far. */
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
      this.requestedAt = Date.now();
      this.#host?.onMessage({ nativeEvent: { data, url: decodeURIComponent(search.slice(1)) } });
      this.#received();
      response.writeHead(204).end();
      return;
    }
    const isLate = pathname.startsWith('/late');
    if (isLate) {
      await this.#hasRequest;
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
