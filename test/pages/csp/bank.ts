import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';
import { SYNC } from '../queue/syncs.ts';

export const INSIGHTS: object = { ok: true, insights: [{ id: 'żółw' }] };

/** How a command ends: by its type, so that the page can ask for it. */
const endings: Record<string, (response: ServerResponse) => void> = {
  getInsights: (response) => response.end(JSON.stringify(INSIGHTS)),
  getAccounts: (response) => response.end('{"ok":true,"accounts":[]}'),
  getBase64: (response) => response.end(Buffer.from(JSON.stringify(INSIGHTS)).toString('base64')),
  rateRedirected: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  rateHtml: (response) => response.end('<!doctype html><script>window.ran = true</script>'),
  rateRefused: (response) => response.writeHead(409).end('{"ok":false,"status":"409"}'),
  rateNever: () => {},
};

/** The bank's servers: the one for commands knows one token, and is busy the first time that it is asked for something. */
export class Bank {
  /** What the browser has reported to the address that the policy names. */
  readonly reports: string[] = [];
  readonly #sandbox: Sandbox = createSandbox({ seed: 1, latency: [0, 0] });
  #isBusy = true;

  /** Whatever a page posts, or reads of its queue. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '', headers } = request;
    const body = await text(request);
    if (url === '/reports') {
      this.reports.push(body);
      response.writeHead(204).end();
    } else if (url === '/session/access-token') response.end(this.#sandbox.issueAccessToken());
    else if (url === '/synchronise') response.end(this.#synchronise());
    else if (url.startsWith('/linxo/')) await this.#answerQueue(request, body, response);
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

  /** Starts a synchronisation, one event of which cannot be read. */
  #synchronise(): string {
    const { linxo } = this.#sandbox;
    const { id } = linxo.addConnection();
    this.#sandbox.fault({ server: 'linxo', type: 'queue', kind: 'malformed', count: 1 });
    linxo.synchronise(id, SYNC);
    return id;
  }

  async #answerQueue(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { method = '', headers, url } = request;
    const answered = await this.#sandbox.linxo.respond(
      new Request(`http://${headers.host}${url}`, {
        method,
        headers: headers as Record<string, string>,
        ...(method === 'POST' && { body }),
      }),
    );
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    response.end(Buffer.from(await answered.arrayBuffer()));
  }
}
