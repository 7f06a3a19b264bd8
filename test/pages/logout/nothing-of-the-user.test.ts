import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { type Chromium, launchChromium } from '../../engines/puppeteer-engine.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { bundlePage } from '../bundle-page.ts';
import { heapStrings } from './heap-strings.ts';
import type { LogoutPage } from './page.ts';

declare global {
  var work: LogoutPage['work'];
  var logOut: LogoutPage['logOut'];
}

/** The user's data, each with a string that only it contains. */
const OF_USER = {
  token: 'k7wq-token',
  body: 'k7wq-body',
  reply: 'k7wq-reply',
  queueId: 'k7wq-queue',
  eventId: 'k7wq-event',
  connectionId: 'k7wq-connection',
  bank: 'k7wq-bank',
  channelId: 'k7wq-channel',
  account: 'k7wq-account',
};

const connections = [1, 2].map((number) => ({
  id: `${OF_USER.connectionId}-${number}`,
  name: `${OF_USER.bank}-${number}`,
  channels: [{ channel_definition_id: `${OF_USER.channelId}-${number}`, status: 'RUNNING' }],
}));
const events = connections.map((resource, index) => ({
  id: `${OF_USER.eventId}-${index}`,
  event_type: 'LIST_ACCOUNTS',
  resource_type: 'CONNECTION',
  creation_date: 1,
  resource,
  accounts: [OF_USER.account],
}));

let script: string;

/** The data whose string the page still holds. */
function found(texts: readonly string[]): string[] {
  const names = Object.entries(OF_USER);
  return names.filter(([, mark]) => texts.some((text) => text.includes(mark))).map(([name]) => name);
}

// No other engine shows what is in its heap.
describe.runIf(engineUnderTest === 'chromium')('a page after the logout', () => {
  let chromium: Chromium;
  let server: LocalServer;

  beforeAll(async () => {
    script = await bundlePage('test/pages/logout/page.ts');
    server = await serveLocally(answer);
    chromium = await launchChromium();
  });

  afterAll(async () => {
    await chromium?.close();
    await server?.close();
  });

  it('B9 Q8 T1 after dispose and stop({ forget: true }), the heap of the page contains nothing of the user', async () => {
    const page = await chromium.open(server.url);
    const devtools = await chromium.devtools(page);
    await page.evaluate(() => work());
    // A reply belongs to the widget once it has arrived, and nothing else holds it.
    const working = Object.keys(OF_USER).filter((name) => name !== 'reply');
    expect(found(await heapStrings(devtools))).toEqual(expect.arrayContaining(working));
    const stored = (): Promise<string> => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
    expect(found([await stored()])).toEqual(['queueId', 'connectionId']);

    await page.evaluate(() => logOut());

    expect(found(await heapStrings(devtools))).toEqual([]);
    expect(await stored()).toBe('{}');
    await page.close();
  });
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '', 'http://127.0.0.1');
  const send = (body: string, type = 'text/plain'): void => {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };
  const [, id] = /connections\/(.*)$/.exec(pathname) ?? [];
  if (pathname === '/')
    send('<!doctype html><title>Bank</title><script src="/page.js"></script>', 'text/html');
  else if (pathname === '/page.js') send(script, 'text/javascript');
  else if (pathname === '/token') send(OF_USER.token);
  else if (pathname === '/id') send('request-1');
  else if (pathname === '/connection') send(connections[0]?.id ?? '');
  else if (pathname === '/body') send(JSON.stringify({ type: 'getInsights', text: OF_USER.body }));
  else if (pathname === '/pserver') send(JSON.stringify({ ok: true, text: OF_USER.reply }));
  else if (pathname.endsWith('/queues/subscribe')) {
    response.writeHead(201, { location: `/queues/${OF_USER.queueId}` }).end();
  } else if (pathname.includes('/queues/')) send(JSON.stringify(events));
  else if (id) send(JSON.stringify(connections.find((one) => one.id === id)));
  // Other requests stay pending.
}
