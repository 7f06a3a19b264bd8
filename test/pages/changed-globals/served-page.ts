import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { createNodeListener } from '../../../src/testing/server/node-listener.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { Bank } from '../../security/changed-globals/bank.ts';
import { asPublished, bundlePage } from '../bundle-page.ts';

let bundled: Promise<string> | undefined;

/** The bank's page, bundled once for all tests. */
function bankPage(): Promise<string> {
  bundled ??= bundlePage('test/security/changed-globals/page.ts', asPublished);
  return bundled;
}

/** The scripts of a page, in this order. */
export interface PageParts {
  readonly before?: readonly string[];
  /** The bank's page, or a file of the build alone. */
  readonly build?: 'page' | 'bankside.iife.min.js' | 'bankside.min.js';
  readonly after?: readonly string[];
  /** The parts of the package to use, separated by spaces. */
  readonly use?: string;
}

/** The report of a page: the outcome of each part, or errors. */
export interface Report {
  readonly outcomes?: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
}

/** Uses `XMLHttpRequest`, which none of the libraries changes. */
const REPORTING = `
  var bank = location.origin, errors = [];
  function report(outcomes) {
    const request = new XMLHttpRequest();
    request.open('POST', '/report');
    let text = '';
    for (let at = 0; at < errors.length; at += 1) text += '\\n' + errors[at];
    request.send(JSON.stringify({ outcomes, errors: text }));
  }
  addEventListener('error', (event) => { errors[errors.length] = event.message || 'A script was not loaded'; }, true);`;

/** A server for the page and for the bank. */
export class ServedPage {
  readonly bank: Bank;
  readonly #server: LocalServer;
  readonly #report: Promise<Report>;

  private constructor(server: LocalServer, bank: Bank, report: Promise<Report>) {
    this.#server = server;
    this.bank = bank;
    this.#report = report;
  }

  static async serve(parts: PageParts): Promise<ServedPage> {
    const bank = new Bank();
    const answer = createNodeListener((request) => bank.answer(request));
    let resolveReport: (report: Report) => void = () => {};
    const report = new Promise<Report>((resolve) => {
      resolveReport = resolve;
    });
    const files = await filesOf(parts);
    const server = await serveLocally(async (request, response) => {
      const { url = '' } = request;
      const file = files.get(url);
      if (url === '/report') {
        const { outcomes, errors } = JSON.parse(await text(request));
        resolveReport({ outcomes, errors: errors.split('\n').slice(1) });
        response.end();
      } else if (file !== undefined) {
        const type = url === '/' ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8';
        response.setHeader('content-type', type).end(file);
      } else if (url === '/favicon.ico') response.writeHead(204).end();
      else answer(request, response);
    });
    return new ServedPage(server, bank, report);
  }

  get url(): string {
    return this.#server.url;
  }

  /** The report of the page. */
  report(): Promise<Report> {
    return this.#report;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

async function filesOf({
  before = [],
  build = 'page',
  after = [],
  use,
}: PageParts): Promise<Map<string, string>> {
  const page = build === 'page' ? await bankPage() : readFileSync(`dist/${build}`, 'utf8');
  const isModule = build === 'bankside.min.js';
  const isUsed = use !== undefined;
  const end = isUsed ? `window.use ? use(${JSON.stringify(use)}).then(report) : report();` : 'report();';
  const scripts = [REPORTING, ...before, page, ...after, end];
  const place = scripts.indexOf(page);
  // A script after a module is a module too, so that it runs later.
  const elements = scripts.map(
    (_script, index) =>
      `<script src="/${index}.js"${isModule && index >= place ? ' type="module"' : ''}></script>`,
  );
  const html = `<!doctype html><title>Page</title><body>${elements.join('')}</body>`;
  return new Map([['/', html], ...scripts.map((script, index) => [`/${index}.js`, script] as const)]);
}
