import { afterAll, beforeAll, beforeEach } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import type { Page } from '../../engines/page.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { bundlePage } from '../bundle-page.ts';
import type { Loaded } from './page.ts';
import { Vendor } from './vendor.ts';

export const NONCE = 'n0nce';

interface Served {
  readonly policy?: string;
  readonly head?: string;
  readonly body?: string;
}

type Call = readonly [options: object, copy?: number];

export interface VendorPage {
  /** A new one for each test. */
  vendor(): Vendor;
  /** Addresses without a path. */
  bank(): string;
  elsewhere(): string;
  open(served?: Served): Promise<void>;
  load(options: object, copy?: number): Promise<Loaded>;
  /** Calls at once, in one task of the page. Each is of the first copy of the package, or of the one with that number. */
  loadAll(...calls: readonly Call[]): Promise<Loaded[]>;
  /** The page's own code adds a script. */
  addOwn(src: string): Promise<void>;
  read<T>(name: string): Promise<T>;
  readonly run: Page['evaluate'];
}

/** A bank's page, and two servers that have the vendor's scripts: the page's own, and another one. */
export function useVendorPage(): VendorPage {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  let script: string;
  let bank: LocalServer;
  let elsewhere: LocalServer;
  let vendor: Vendor;
  let served: Served;
  let page: Page;

  beforeAll(async () => {
    script = await bundlePage('test/pages/loader/page.ts');
    bank = await serveLocally((request, response) => {
      if (vendor.answer(request, response)) return;
      if (request.url === '/page.js') {
        response.setHeader('content-type', 'text/javascript').end(script);
        return;
      }
      if (served.policy) response.setHeader('content-security-policy', served.policy);
      const { head = '', body = '' } = served;
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><head><script src="/page.js" nonce="${NONCE}"></script>${head}</head><body>${body}</body>`,
      );
    });
    elsewhere = await serveLocally((request, response) => {
      if (!vendor.answer(request, response)) response.writeHead(404).end();
    });
  });

  afterAll(async () => {
    await bank.close();
    await elsewhere.close();
  });

  beforeEach(() => {
    vendor = new Vendor();
  });

  const run: Page['evaluate'] = (fn, ...args) => page.evaluate(fn, ...args);

  function loadAll(...calls: readonly Call[]): Promise<Loaded[]> {
    return run(
      (given) => {
        const { copies } = globalThis as unknown as { copies: ((options: object) => Promise<Loaded>)[] };
        return Promise.all(given.map(([options, copy = 0]) => copies[copy]?.(options) as Promise<Loaded>));
      },
      calls.map(([options, copy]) => (copy === undefined ? [options] : [options, copy]) as [object, number?]),
    );
  }

  return {
    vendor: () => vendor,
    bank: () => bank.url,
    elsewhere: () => elsewhere.url,
    run,
    loadAll,
    async open(given = {}) {
      served = given;
      page = await getEngine().open(bank.url);
    },
    async load(options, copy) {
      const [loaded] = await loadAll(copy === undefined ? [options] : [options, copy]);
      return loaded as Loaded;
    },
    addOwn: (src) =>
      run((address) => {
        document.head.append(Object.assign(document.createElement('script'), { src: address }));
      }, src),
    read: <T>(name: string) =>
      run((what) => (globalThis as unknown as Record<string, unknown>)[what] as T, name) as Promise<T>,
  };
}
