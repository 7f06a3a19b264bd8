import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { nativeTransport, WidgetBridge } from '../../src/index.ts';
import { createWebViewHost } from '../../src/webview-host.ts';

/** A separate page, as in a WebView, with a widget that records its replies. */
interface Page extends Window {
  readonly got: [reply: unknown, requestId: unknown][];
  readonly faults: string[];
  eval(script: string): unknown;
}

const WIDGET = `
  var got = [], faults = [];
  var personetics = { handlePServerResponse: function (reply, id) { got.push([reply, id]); } };
  window.onerror = function (message) { faults.push(message); };`;

/** Loads a page whose scripts are in its markup. */
async function load(...scripts: readonly string[]): Promise<Page> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => {
    frame.onload = resolve;
  });
  const elements = [WIDGET, ...scripts].map((script) => `<script>${script}</script>`);
  frame.srcdoc = `<!doctype html><title>Page</title><body>${elements.join('')}</body>`;
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  await loaded;
  return frame.contentWindow as Page;
}

/** The scripts for these replies, in order. */
async function scriptsFor(replies: readonly unknown[]): Promise<string[]> {
  const scripts: string[] = [];
  const host = createWebViewHost({
    transport: { send: ({ body }) => replies[(body as { index: number }).index] },
    inject: (script) => scripts.push(script),
    reply: 'json',
    pieceSize: 40,
  });
  let answered = 0;
  host.on('reply', () => {
    answered += 1;
  });
  for (const [index] of replies.entries()) {
    const message = { requestString: 'sendRequestToPServer', requestData: { index }, requestId: index };
    host.onMessage(JSON.stringify(message));
  }
  await vi.waitUntil(() => answered === replies.length);
  host.dispose();
  return scripts;
}

const hostile = [
  '</script><script>throw 1</script>',
  '<!--<script>',
  ']]>',
  '"\'`\\',
  '\u2028\u2029\r\n\0\ufeff',
  '%22%5C',
  '\ud83c end \udfe6',
  '🏦 Żółć ﷽',
];

test('S4 hostile replies reach the page unchanged, by scripts in its markup, and no other code runs', async () => {
  const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }));
  const samples = fc.sample(fc.dictionary(text, text, { noNullPrototype: true }), { numRuns: 100, seed: 7 });
  const polluting = JSON.parse('{"__proto__":{"polluted":1}}');
  const replies = [...hostile.map((each) => ({ [each]: [each] })), polluting, ...samples];
  const scripts = await scriptsFor(replies);
  expect(scripts.length).toBeGreaterThan(replies.length);
  // Scripts in the markup start before the page does, so they must not prove the page's age.
  const page = await load("Object.defineProperty(window, 'performance', { value: undefined })", ...scripts);

  const got = page.got.map(([json, id]) => [JSON.stringify(JSON.parse(json as string)), id]);
  expect(got).toEqual(replies.map((reply, index) => [JSON.stringify(reply), index]));
  expect(page.faults).toEqual([]);
  expect([...page.document.body.children].map(({ tagName }) => tagName)).toEqual(
    ['', '', ...scripts].map(() => 'SCRIPT'),
  );
  expect(page).not.toHaveProperty('banksideReplies');
});

test('a reply of 10 MB is delivered completely, in pieces, as Base64', async () => {
  const page = await load();
  const reply = { text: `${'a'.repeat(1_000)}Ż</script>\u2028`.repeat(10_000) };
  const scripts: string[] = [];
  const host = createWebViewHost({
    transport: { send: () => reply },
    inject: (script) => {
      scripts.push(script);
      page.eval(script);
    },
  });
  onTestFinished(() => host.dispose());
  host.onMessage('{"requestString":"sendRequestToPServer","requestData":{},"requestId":"1"}');
  await vi.waitUntil(() => page.got.length > 0);

  const [[base64, id] = []] = page.got;
  expect(JSON.parse(atob(base64 as string)).text === reply.text).toBe(true);
  expect(id).toBe('1');
  expect(scripts.length).toBeGreaterThan(30);
});

test('a page with its own bridge sends, is answered, fails and emits events through the WebView', async () => {
  const replies: unknown[] = [];
  const personetics = {
    handlePServerResponse: (reply: unknown, id: string) => {
      replies.push([reply, id]);
    },
  };
  const notices: unknown[] = [];
  const host = createWebViewHost({
    transport: {
      async send({ body, headers }) {
        if ((body as { type: string }).type === 'fails') throw new Error('no network');
        return { body, headers, text: 'Żółć 🏦 </script>' };
      },
    },
    inject(script) {
      const element = document.createElement('script');
      element.textContent = script;
      document.head.append(element);
      element.remove();
    },
    onNotice: (...notice) => notices.push(notice),
  });
  vi.stubGlobal('personetics', personetics);
  vi.stubGlobal('ReactNativeWebView', { postMessage: host.onMessage });
  const transport = nativeTransport();
  const bridge = new WidgetBridge({ transport });
  const target: Partial<WidgetBridge['delegate']> = {};
  bridge.attach(personetics, target);
  onTestFinished(() => {
    bridge.dispose();
    transport.dispose();
    host.dispose();
    vi.unstubAllGlobals();
  });

  const body = { type: 'getInsights', text: '\u2028"</script>' };
  target.sendRequestToPServer?.({ 'accept-language': 'pl' }, body, '1');
  target.sendRequestToOBServer?.(null, { type: 'fails' }, '2');
  target.navigateToPage?.({ page: 'insights' });
  await vi.waitUntil(() => replies.length === 2);

  expect(replies).toEqual([
    [{ body, headers: { 'accept-language': 'pl' }, text: 'Żółć 🏦 </script>' }, '1'],
    [expect.objectContaining({ ok: false, status: '600' }), '2'],
  ]);
  expect(notices).toEqual([['navigateToPage', { requestString: 'navigateToPage', page: 'insights' }]]);
  expect(bridge.getSnapshot().pending).toEqual([]);
});
