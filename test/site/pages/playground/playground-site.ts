import { readFileSync } from 'node:fs';
import { ObservedServer } from '../../../engines/observed-server.ts';
import { type LocalServer, serveLocally } from '../../../harness/local-server.ts';
import { serveSite } from '../../fixtures/serve-site.ts';

/** Two folders deep, as a site may be put anywhere. */
const BASE = '/docs/v1/';

const SCRIPTS: Readonly<Record<string, string>> = {
  '/axe.js': readFileSync('node_modules/axe-core/axe.min.js', 'utf8'),
  '/no-worker.js': "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });",
};

interface SiteOptions {
  /** Run in each page before its own scripts. */
  readonly scripts?: readonly string[];
  /** axe does what the policy of the playground forbids. Default `true`. */
  readonly hasPolicy?: boolean;
}

/** The built site with its playground, as a plain host serves it, under observation. */
export class PlaygroundSite {
  readonly observed: ObservedServer;
  readonly #servers: readonly LocalServer[];

  private constructor(observed: ObservedServer, servers: readonly LocalServer[]) {
    this.observed = observed;
    this.#servers = servers;
  }

  static async open({ scripts = [], hasPolicy = true }: SiteOptions = {}): Promise<PlaygroundSite> {
    const site = await serveSite(BASE, { scripts: SCRIPTS });
    const changed = await serveLocally(async ({ url = '/' }, response) => {
      const answer = await fetch(`${site.url}${url}`);
      const type = answer.headers.get('content-type') ?? '';
      const policy = answer.headers.get('content-security-policy');
      response.statusCode = answer.status;
      response.setHeader('content-type', type);
      if (hasPolicy && policy) response.setHeader('content-security-policy', policy);
      const content = Buffer.from(await answer.arrayBuffer());
      response.end(
        type.startsWith('text/html') ? changeHtml(content.toString(), scripts, hasPolicy) : content,
      );
    });
    return new PlaygroundSite(await ObservedServer.start(changed.url), [changed, site]);
  }

  /** @param query Such as `?in=ios`. */
  address(query = ''): string {
    return `${this.observed.url}${BASE}playground/${query}`;
  }

  /** The address of a page of the site. */
  page(path: string): string {
    return `${this.observed.url}${BASE}${path}`;
  }

  /** What pages have asked the server for that is not one of the site's files. */
  strayRequests(): readonly string[] {
    return this.observed.requests
      .filter(({ method, path, status }) => {
        const isFile = method === 'GET' && (status === 200 || status === 304 || status === 'aborted');
        return !isFile || !path.startsWith(BASE) || path.includes('/api/');
      })
      .map(({ method, path, status }) => `${method} ${path}: ${status}`)
      .filter((request) => !/favicon\.ico|\/axe\.js|\/no-worker\.js/.test(request));
  }

  async close(): Promise<void> {
    await this.observed.close();
    for (const server of this.#servers) await server.close();
  }
}

function changeHtml(html: string, scripts: readonly string[], hasPolicy: boolean): string {
  const elements = scripts.map((script) => `<script src="${script}"></script>`).join('');
  const changed = html.replace('<meta charset', `${elements}<meta charset`);
  return hasPolicy ? changed : changed.replace(/<meta http-equiv="content-security-policy"[^>]*>/, '');
}
