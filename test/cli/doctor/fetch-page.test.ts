import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fetchPage, type PageFetch } from '../../../src/cli/doctor/fetch-page.ts';
import { createQuote } from '../../../src/cli/doctor/quote.ts';
import { serveLocally } from '../../harness/local-server.ts';
import { answerWith, serveBytes } from './fixtures/servers.ts';
import { serversOfTest } from './fixtures/servers-of-test.ts';

const opened = serversOfTest();
const { signal } = new AbortController();
const quote = createQuote([]);

function get(url: string, timeout = 5_000): Promise<PageFetch> {
  return fetchPage(new URL(url), { timeout, quote, signal });
}

it('gets a page as a browser opens it, and all values of its headers', async () => {
  const arrived: IncomingMessage[] = [];
  const url = await opened(
    serveLocally((request, response) => {
      arrived.push(request);
      response.setHeader('Content-Security-Policy', ["default-src 'self'", 'sandbox']);
      response.setHeader('content-encoding', 'gzip').end(gzipSync('<p>Zoë'));
    }),
  );
  const { page, findings } = await get(`${url}/page?a=1`);

  expect(findings).toEqual([]);
  expect(page?.url.href).toBe(`${url}/page?a=1`);
  expect(page?.status).toBe(200);
  expect(page?.html).toBe('<p>Zoë');
  expect(page?.values('content-security-policy')).toEqual(["default-src 'self'", 'sandbox']);
  expect(arrived[0]?.headers).toMatchObject({
    'sec-fetch-mode': 'navigate',
    accept: expect.stringContaining('text/html'),
  });
  expect(arrived[0]?.headers.origin).toBeUndefined();
});

it('follows five redirects, also to another origin, and no more', async () => {
  const other = await opened(serveLocally((_request, response) => response.end('<p>')));
  const url = await opened(
    serveLocally(({ url = '' }, response) => {
      const left = Number(url.slice(1));
      const location = left > 1 ? `/${left - 1}` : `${other}/end`;
      response.writeHead(302, { location }).end();
    }),
  );
  expect((await get(`${url}/5`)).page?.url.href).toBe(`${other}/end`);
  const { page, findings } = await get(`${url}/6`);
  expect(page).toBeUndefined();
  expect(findings).toMatchObject([{ id: 'redirect', subject: 'page', request: 'GET /6, the page' }]);
});

const ODD = 'to an address that begins with neither https:// nor http://';

it.each([
  [undefined, 'to no address'],
  ['http://', 'to no address'],
  ['javascript:alert(1)', ODD],
  ['file:///secret-query', ODD],
])('reports a redirect to %s', async (location, place) => {
  const url = await opened(
    serveLocally((_request, response) => response.writeHead(302, { ...(location && { location }) }).end()),
  );
  const { findings } = await get(`${url}/secret?q=secret-query`);
  expect(findings.map(({ seen }) => seen)).toEqual([`It is a redirect (302) ${place}.`]);
  expect(JSON.stringify(findings)).not.toContain('secret-query');
});

it('reads the first 2 MB of a long page', async () => {
  const url = await opened(serveLocally((_request, response) => response.end('<p>'.padEnd(3_000_000))));
  const { page, findings } = await get(url);
  expect(findings).toEqual([]);
  expect(page?.html.startsWith('<p>')).toBe(true);
});

it.each([
  ['a page that is cut', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n<p>', 'body-cut'],
  ['what is no HTTP', 'SSH-2.0\r\n', 'not-http'],
  ['nothing', '', 'unreachable'],
])('reports %s', async (_, bytes, id) => {
  const url = await opened(serveBytes(answerWith(bytes)));
  expect((await get(url)).findings).toMatchObject([{ id, subject: 'page' }]);
});

it('reports that there is no answer in time, and rejects with the reason of the signal', async () => {
  const url = await opened(serveLocally(() => {}));
  expect((await get(url, 100)).findings).toMatchObject([{ id: 'no-answer' }]);
  const reason = new Error('enough');
  await expect(fetchPage(new URL(url), { quote, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
