import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { ObservedServer } from '../../../../engines/observed-server.ts';
import { type LocalServer, serveLocally } from '../../../../harness/local-server.ts';

/** Two folders deep, as a site may be put anywhere. */
const FOLDER = '/docs/v1/playground/';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const DEFAULTS = {
  shownIn: 'browser',
  widget: 'shipped',
  replies: 'object',
  timeout: 60_000,
  faults: [],
  synchronisation: 'none',
  speed: 100,
  seed: 1,
  code: 'vanilla',
};

/** How settings stand in the address is tested elsewhere: here they are JSON. */
const settingsAsJson: Plugin = {
  name: 'settings-as-json',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/read-settings\.ts$/ }, ({ path }) => ({ path, namespace: 'settings' }));
    onLoad({ filter: /.*/, namespace: 'settings' }, () => ({
      contents: `export const readSettings = (search) => ({
        settings: { ...${JSON.stringify(DEFAULTS)}, ...JSON.parse(new URLSearchParams(search).get('settings') ?? '{}') },
      });`,
    }));
  },
};

/** The bank's page and the worker of the playground, as static files in memory, and a page with frames for them. */
export class BankSite {
  readonly observed: ObservedServer;
  readonly #server: LocalServer;
  readonly #files: Map<string, string>;

  private constructor(observed: ObservedServer, server: LocalServer, files: Map<string, string>) {
    this.observed = observed;
    this.#server = server;
    this.#files = files;
  }

  static async open(): Promise<BankSite> {
    const files = await bundle();
    const server = await serveLocally(({ url = '' }, response) => {
      const { pathname } = new URL(url, 'http://localhost');
      const file = pathname.startsWith(FOLDER) ? files.get(pathname.slice(FOLDER.length)) : undefined;
      if (file === undefined) response.writeHead(404).end('This is no file of the site.');
      else response.setHeader('content-type', TYPES[pathname.split('.').at(-1) ?? ''] ?? '').end(file);
    });
    return new BankSite(await ObservedServer.start(server.url), server, files);
  }

  /** The address of a file. */
  address(path: string): string {
    return `${this.observed.url}${FOLDER}${path}`;
  }

  /** The address of the bank's page with these settings. */
  bank(settings: object, page = 'bank.html'): string {
    return this.address(`${page}?${new URLSearchParams({ settings: JSON.stringify(settings) })}`);
  }

  /** The browser finds a new version of the worker. */
  publishWorker(): void {
    const name = 'sandbox-worker.js';
    this.#files.set(name, `${this.#files.get(name)}\n// a new version`);
  }

  /** What pages have asked the server for that is not one of its files. */
  strayRequests(): readonly string[] {
    return this.observed.requests
      .filter(({ method, path, status }) => method !== 'GET' || status !== 200 || path.includes('/api/'))
      .map(({ method, path, status }) => `${method} ${path}: ${status}`)
      .filter((request) => !request.includes('/favicon.ico'));
  }

  async close(): Promise<void> {
    await this.observed.close();
    await this.#server.close();
  }
}

async function bundle(): Promise<Map<string, string>> {
  const site = resolve('site/playground');
  const html = await readFile(`${site}/bank/bank.html`, 'utf8');
  const files = new Map<string, string>([
    ['bank.html', html],
    ['bank-without-worker.html', html.replace('<script', '<script src="no-worker.js"></script><script')],
    ['no-worker.js', "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });"],
    [
      'frames.html',
      '<!doctype html><title>Frames</title><body><script type="module" src="frames.js"></script>',
    ],
  ]);
  const entries: readonly BuildOptions[] = [
    {
      entryPoints: {
        bank: `${site}/bank/bank.ts`,
        frames: resolve('test/site/pages/playground/bank/frames-page.ts'),
      },
      format: 'esm',
      splitting: true,
    },
    { entryPoints: { 'sandbox-worker': `${site}/worker/sandbox-worker.ts` }, format: 'iife' },
  ];
  for (const entry of entries) {
    const { outputFiles = [] } = await build({
      ...entry,
      bundle: true,
      write: false,
      outdir: '/',
      loader: { '.svg': 'file' },
      external: ['graphql'],
      plugins: [settingsAsJson],
    });
    for (const { path, text } of outputFiles) files.set(path.slice(1), text);
  }
  return files;
}
