import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Plugin } from 'esbuild';
import { createNodeListener } from '../../../src/testing/server/node-listener.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { Bank } from '../../security/pages-as-they-are/bank.ts';
import { bundlePage } from '../bundle-page.ts';

/** With the entries of the package as they were built. */
const built: Plugin = {
  name: 'built',
  setup({ onResolve }) {
    onResolve({ filter: /\/src\/[\w/-]+\.ts$/ }, ({ path }) => ({
      path: resolve(path.replace(/.*\/src\/(.*)\.ts$/, 'dist/$1.js')),
    }));
  },
};

let bundled: Promise<string> | undefined;

/** The bank's page, which is bundled once for all of them. */
function bankPage(): Promise<string> {
  bundled ??= bundlePage('test/security/pages-as-they-are/page.ts', built);
  return bundled;
}

/** What a page is made of, in this order. */
export interface PageParts {
  readonly before?: readonly string[];
  /** The bank's page, or a file of the build alone. */
  readonly build?: 'page' | 'bankside.iife.min.js' | 'bankside.min.js';
  readonly after?: readonly string[];
  /** Which parts of the package are used then, with a space between them. */
  readonly use?: string;
}

/** What is told of a page: what came of each part, or the errors that it met. */
export interface Told {
  readonly outcomes?: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
}

/** By `XMLHttpRequest`, which none of the libraries changes. */
const TELL = `
  var bank = location.origin, errors = [];
  function tell(outcomes) {
    const request = new XMLHttpRequest();
    request.open('POST', '/told');
    let text = '';
    for (let at = 0; at < errors.length; at += 1) text += '\\n' + errors[at];
    request.send(JSON.stringify({ outcomes, errors: text }));
  }
  addEventListener('error', (event) => { errors[errors.length] = event.message || 'A script was not loaded'; }, true);`;

/** A server of pages, which is the bank's as well. */
export class ServedPage {
  readonly bank: Bank;
  readonly #server: LocalServer;
  readonly #told: Promise<Told>;

  private constructor(server: LocalServer, bank: Bank, told: Promise<Told>) {
    this.#server = server;
    this.bank = bank;
    this.#told = told;
  }

  static async serve(parts: PageParts): Promise<ServedPage> {
    const bank = new Bank();
    const answer = createNodeListener((request) => bank.answer(request));
    let tell: (told: Told) => void = () => {};
    const told = new Promise<Told>((resolve) => {
      tell = resolve;
    });
    const files = await filesOf(parts);
    const server = await serveLocally(async (request, response) => {
      const { url = '' } = request;
      const file = files.get(url);
      if (url === '/told') {
        const { outcomes, errors } = JSON.parse(await text(request));
        tell({ outcomes, errors: errors.split('\n').slice(1) });
        response.end();
      } else if (file !== undefined) {
        const type = url === '/' ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8';
        response.setHeader('content-type', type).end(file);
      } else if (url === '/favicon.ico') response.writeHead(204).end();
      else answer(request, response);
    });
    return new ServedPage(server, bank, told);
  }

  get url(): string {
    return this.#server.url;
  }

  /** What the page tells at last. */
  told(): Promise<Told> {
    return this.#told;
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
  const end = isUsed ? `window.use ? use(${JSON.stringify(use)}).then(tell) : tell();` : 'tell();';
  const scripts = [TELL, ...before, page, ...after, end];
  const place = scripts.indexOf(page);
  // What follows a module waits for it, as modules do.
  const elements = scripts.map(
    (_script, index) =>
      `<script src="/${index}.js"${isModule && index >= place ? ' type="module"' : ''}></script>`,
  );
  const html = `<!doctype html><title>Page</title><body>${elements.join('')}</body>`;
  return new Map([['/', html], ...scripts.map((script, index) => [`/${index}.js`, script] as const)]);
}
