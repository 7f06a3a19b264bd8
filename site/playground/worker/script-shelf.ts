import { API } from './api.ts';

/** Scripts that are kept at a time. */
const CAPACITY = 100;

/**
 * An app runs scripts in the page of its WebView, past the policy of that page. The stand-in for such an app is a page itself,
 * and may not: it has each script loaded as a file, once.
 */
export class ScriptShelf {
  /** The oldest first. */
  readonly #scripts = new Map<string | null, string>();
  #serial = 0;

  /** Returns the address of the script, relative to the page. */
  keep(script: string): string {
    this.#serial += 1;
    this.#scripts.set(String(this.#serial), script);
    for (const oldest of [...this.#scripts.keys()].slice(0, -CAPACITY)) this.#scripts.delete(oldest);
    return `${API}scripts?id=${this.#serial}`;
  }

  respond({ url }: Request): Response {
    const id = new URL(url).searchParams.get('id');
    const script = this.#scripts.get(id);
    if (script === undefined) return new Response('There is no such script.', { status: 404 });
    this.#scripts.delete(id);
    return new Response(script, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });
  }
}
