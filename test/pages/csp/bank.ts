import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

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

/** The bank's server: knows one token, and is busy the first time that it is asked for something. */
export function createBank(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let isBusy = true;
  return async (request, response) => {
    const { type } = JSON.parse(await text(request)) as { type: string };
    if (request.headers['authtoken'] !== 'fresh') response.writeHead(401).end();
    else if (type === 'getBusy' && isBusy) {
      isBusy = false;
      response.writeHead(503, { 'retry-after': '0' }).end();
    } else (endings[type] ?? endings['getInsights'])?.(response);
  };
}
