import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A part of the vendor's build, which needs the part before it, as shipped builds do. */
function part(name: string, needs?: string): string {
  const check = needs ? `if (!window.${needs}) throw new Error('${needs} is not defined');` : '';
  return `${check}(window.order ??= []).push('${name}'); window.${name} = { name: '${name}' };`;
}

const scripts: Readonly<Record<string, string>> = {
  '/widget.js': "(window.order ??= []).push('widget'); window.personetics = { name: 'the widget' };",
  '/throws.js': "window.beforeIt = 1; throw new Error('secret');",
  '/nothing.js': 'window.Elsewhere = {}; window.AlsoHere = 1;',
  '/loads-more.js': `setTimeout(() => {
    const script = document.createElement('script');
    script.src = window.trust('/widget.js');
    document.head.append(script);
  }, 100);`,
  '/jquery.js': part('jQuery'),
  '/vendors.js': part('Personetics', 'jQuery'),
  '/api.js': part('personetics', 'Personetics'),
  '/views.js': part('SkinSetup', 'personetics'),
};

export const INTEGRITY: string = `sha384-${createHash('sha384')
  .update(scripts['/widget.js'] ?? '')
  .digest('base64')}`;

/** What a script at an address is, for one test. */
type Body = string | readonly string[];

/** The server of the vendor's scripts. */
export class Vendor {
  /** The paths that were asked for, with their queries. */
  readonly asked: string[] = [];
  readonly #held = new Map<string, ServerResponse[]>();
  readonly #faults = new Map<string, number>();

  readonly #served = new Map<string, Body>();

  /** Serves a script. Of a list, each fetch gets the next one, and later ones the last. */
  serve(path: string, body: Body): void {
    this.#served.set(path, body);
  }

  /** The next answer of this path has that status. */
  failOnce(path: string, status: number): void {
    this.#faults.set(path, status);
  }

  /** How often a path was asked for. */
  count(path: string): number {
    return this.asked.filter((asked) => asked.split('?')[0] === path).length;
  }

  /** Answers what was asked for at `/held/…`, the newest first. */
  release(path: string): void {
    const [response] = this.#held.get(path)?.splice(-1) ?? [];
    response
      ?.setHeader('content-type', 'text/javascript')
      .end(`${scripts[path]} window.personetics.late = true;`);
  }

  /** Whether it was one of its addresses. */
  answer({ url = '' }: IncomingMessage, response: ServerResponse): boolean {
    const { pathname: path } = new URL(url, 'http://vendor.invalid');
    const held = path.startsWith('/held/') ? path.slice('/held'.length) : undefined;
    const isIts =
      held !== undefined ||
      path in scripts ||
      this.#served.has(path) ||
      ['/missing.js', '/html.js'].includes(path);
    if (!isIts) return false;
    this.asked.push(url);
    response.setHeader('cache-control', 'no-store');
    const status = this.#faults.get(path);
    this.#faults.delete(path);
    if (held !== undefined) this.#held.set(held, [...(this.#held.get(held) ?? []), response]);
    else if (path === '/missing.js') response.writeHead(404).end();
    else if (path === '/html.js') {
      response
        .setHeader('x-content-type-options', 'nosniff')
        .setHeader('content-type', 'text/html')
        .end('<p>');
    } else if (status) response.writeHead(status).end();
    else response.setHeader('content-type', 'text/javascript').end(this.#bodyOf(path));
    return true;
  }

  #bodyOf(path: string): string | undefined {
    const body = this.#served.get(path) ?? scripts[path];
    return typeof body === 'string' ? body : body?.[Math.min(this.count(path), body.length) - 1];
  }
}
