import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedEngines } from '../engines/installed-engines.ts';
import { launch } from '../engines/launch.ts';
import { ObservedServer } from '../engines/observed-server.ts';
import { type LocalServer, serveLocally } from '../harness/local-server.ts';
import { useForSuite } from '../harness/use-for-suite.ts';
import { bundlers } from '../package/bundle-with.js';
import { type Consumer, createConsumer } from '../package/consumer.ts';

/** A page with a widget that sends one request and records the reply. */
const page = `
  import { httpTransport, WidgetBridge } from 'bankside';
  const answers = [];
  const widget = { handlePServerResponse: (response, requestId) => answers.push({ response, requestId }) };
  const transport = httpTransport({ endpoints: { pserver: '/pserver' }, authToken: 'a-token' });
  new WidgetBridge({ transport }).attach(widget);
  widget.sendRequestToPServer(null, { type: 'getInsights' }, '7');
  window.answers = answers;`;

let consumer: Consumer;
let server: LocalServer;
let observed: ObservedServer;
const scripts = new Map<string, string>();

beforeAll(async () => {
  consumer = createConsumer();
  for (const [name, bundle] of Object.entries(bundlers)) {
    scripts.set(`/${name}.js`, (await bundle(consumer.write(`${name}.js`, page))).code);
  }
  server = await serveLocally((request, response) => {
    const path = request.url ?? '/';
    const script = scripts.get(path);
    const [type, content] = script
      ? ['text/javascript', script]
      : path === '/pserver'
        ? ['application/json', '{"ok":true,"insights":[]}']
        : ['text/html', `<!doctype html><script type="module" src="${path}.js"></script>`];
    response.writeHead(200, {
      'content-security-policy': "default-src 'self'; require-trusted-types-for 'script'",
      'content-type': type,
    });
    response.end(content);
  });
  observed = await ObservedServer.start(server.url);
  // It installs the package and runs all bundlers.
}, 300_000);

afterAll(async () => {
  await observed.close();
  await server.close();
  consumer.remove();
});

describe.each(installedEngines)('a page of each bundler in %s', (name) => {
  const getEngine = useForSuite(() => launch(name));

  it.each(Object.keys(bundlers))('B1 S1 built with %s answers the widget once', async (bundler) => {
    const page = await getEngine().open(`${observed.url}/${bundler}`);
    const answers = await page.waitFor('() => answers.length > 0 && answers');
    expect(answers).toEqual([{ response: { ok: true, insights: [] }, requestId: '7' }]);
    expect(await observed.problems(page)).toEqual([]);
  });
});
