import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';
import { createNodeListener } from '../../../src/testing/server/node-listener.ts';
import { SYNC } from '../queue/syncs.ts';

export const INSIGHTS: object = { ok: true, insights: [{ id: 'żółw' }] };

/** The outcome of a command, by its type, so that the page chooses it. */
const endings: Record<string, (response: ServerResponse) => void> = {
  getInsights: (response) => response.end(JSON.stringify(INSIGHTS)),
  getAccounts: (response) => response.end('{"ok":true,"accounts":[]}'),
  getBase64: (response) => response.end(Buffer.from(JSON.stringify(INSIGHTS)).toString('base64')),
  rateRedirected: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  rateHtml: (response) => response.end('<!doctype html><script>window.ran = true</script>'),
  rateRefused: (response) => response.writeHead(409).end('{"ok":false,"status":"409"}'),
  rateNever: () => {},
};

/** The bank's servers. The one for commands accepts one token, and answers 503 at the first request of each type. */
export class Bank {
  /** The reports that the browser sent to the address in the policy. */
  readonly reports: string[] = [];
  readonly #sandbox: Sandbox = createSandbox({ seed: 1, latency: [0, 0] });
  readonly #answerQueue = createNodeListener((request) => this.#sandbox.linxo.respond(request));
  #isBusy = true;

  /** Everything that a page posts, or reads from its queue. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '', headers } = request;
    if (url.startsWith('/linxo/')) return this.#answerQueue(request, response);
    const body = await text(request);
    if (url === '/reports') {
      this.reports.push(body);
      response.writeHead(204).end();
    } else if (url === '/session/access-token') response.end(this.#sandbox.issueAccessToken());
    else if (url === '/synchronise') response.end(this.#synchronise());
    else if (headers['authtoken'] !== 'fresh') response.writeHead(401).end();
    else this.#answerCommand(JSON.parse(body) as { type: string }, response);
  }

  close(): void {
    this.#sandbox.close();
  }

  #answerCommand({ type }: { type: string }, response: ServerResponse): void {
    if (type === 'getBusy' && this.#isBusy) {
      this.#isBusy = false;
      response.writeHead(503, { 'retry-after': '0' }).end();
    } else (endings[type] ?? endings['getInsights'])?.(response);
  }

  /** Starts a synchronisation that has one malformed event. */
  #synchronise(): string {
    const { linxo } = this.#sandbox;
    const { id } = linxo.addConnection();
    this.#sandbox.fault({ server: 'linxo', type: 'queue', kind: 'malformed', count: 1 });
    linxo.synchronise(id, SYNC);
    return id;
  }
}
