import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import type { Command } from '../../src/testing/index.ts';
import type { WebViewHost } from '../../src/webview-host.ts';
import { origin } from './fixtures/bank-page.ts';
import { bankside } from './fixtures/built.ts';
import { codeUnder, pageOf, snippetsIn } from './fixtures/pages.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const page = 'docs/native-shells.md';
const stage = snippetTests();
const { run, answers, arrived } = stage;

const command = { type: 'getInsights', lang: 'en' };
const count = { type: 'getNumberOfInsights' };
const counted = { ok: true, numberOfInsights: 6, unread: 4 };
const base64 = bankside.asBase64(counted);
const decoded = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString());

/** The documented messages under a heading, in their order. */
function messagesUnder(heading: string): unknown[] {
  return pageOf(page)
    .snippets.filter(({ heading: above, language }) => above === heading && language === 'json')
    .map(({ code }) => JSON.parse(code));
}

type Answer = (base64: string, id: string) => boolean;

/** The shells as the page has them, and what arrives there. */
function shells() {
  const posted: unknown[] = [];
  const postMessage = (json: string): void => void posted.push(JSON.parse(json));
  const java = (...args: string[]): void => void posted.push(args);
  return {
    posted,
    ios: () => vi.stubGlobal('webkit', { messageHandlers: { personeticsApple: { postMessage } } }),
    'react-native': () => vi.stubGlobal('ReactNativeWebView', { postMessage }),
    flutter: () => vi.stubGlobal('PersoneticsFlutter', { postMessage }),
    android: () => vi.stubGlobal('PersoneticsAndroid', { sendRequestToPServer: java, sessionEnded: java }),
  };
}

/** With the id that the documents write. */
const asDocumented = (message: unknown): unknown =>
  JSON.parse(JSON.stringify(message).replace(/"\d{10}"/, '"1234567890"'));

describe(page, () => {
  it.each([
    ['ios', 0],
    ['react-native', 1],
    ['flutter', 1],
    ['android', 2],
  ] as const)('shows exactly what a page posts to %s', async (name, n) => {
    const { posted, ...puts } = shells();
    puts[name]();
    const { bridge } = await run(codeUnder(page, 'On the page'), { window: stage.page.window });
    bridge.delegate.sendRequestToPServer({ 'accept-language': 'en' }, command, 'w-1');
    bridge.delegate.sessionEnded({ widgetType: 'inbox' });
    await vi.waitFor(() => expect(posted).toHaveLength(2));
    expect(posted.map(asDocumented)).toEqual([
      messagesUnder('Messages of the page')[n],
      messagesUnder('Notices')[n],
    ]);
  });

  it('passes the reply to the widget when the app calls its function', async () => {
    const { posted, ios } = shells();
    ios();
    const { bridge } = await run(codeUnder(page, 'On the page'));
    bridge.delegate.sendRequestToPServer(null, command, 'w-1');
    await vi.waitFor(() => expect(posted).toHaveLength(1));
    const [id] = /\d{10}/.exec(JSON.stringify(posted)) ?? [];
    const { code, ...rest } = codeUnder(page, 'The reply');
    await run({ ...rest, code: code.replace('1234567890', `${id}`) });
    expect(await answers()).toEqual([{ response: { ok: true }, requestId: 'w-1' }]);
  });

  it('shows the file of the example that decides, as it is', () => {
    expect(`${codeUnder(page, 'On the page', 1).code}\n`).toBe(
      readFileSync('examples/showcase/vanilla/in-app.js', 'utf8'),
    );
  });

  it('answers a WebView of React Native', async () => {
    const { host } = (await run(codeUnder(page, 'React Native'))) as unknown as { host: WebViewHost };
    const message = { requestString: 'sendRequestToPServer', requestData: count, requestId: '1234567890' };
    const event = (data: object, url: string): object => ({
      nativeEvent: { data: JSON.stringify(data), url },
    });
    host.onMessage(event(message, 'https://elsewhere.example/'));
    host.onMessage(event(message, `${origin}/overview`));
    host.onMessage(event({ requestString: 'sessionEnded', requestData: {} }, `${origin}/overview`));
    expect(stage.page.closePage).toHaveBeenCalledOnce();
    const { injectJavaScript } = stage.page.webView.current;
    await vi.waitFor(() => expect(injectJavaScript).toHaveBeenCalled());
    const handlePServerResponse = vi.fn();
    const inPage = createContext({
      btoa,
      setTimeout,
      window: {},
      location: new URL(`${origin}/overview`),
      personetics: { handlePServerResponse },
    });
    for (const [script] of injectJavaScript.mock.calls) runInContext(script, inPage);
    const replies = handlePServerResponse.mock.calls.map(([reply, id]) => [decoded(reply), id]);
    expect(replies).toEqual([[expect.objectContaining(counted), '1234567890']]);
    expect(arrived.map(({ headers }) => headers.get('authToken'))).toEqual(['token']);
  });

  it('N2 passes the reply to the widget through each of the four functions that apps call', async () => {
    const { posted, ios } = shells();
    ios();
    const { personetics } = stage.page;
    const handleServerResponse = personetics.handlePServerResponse;
    Object.assign(personetics, { handleServerResponse, getJSBridge: () => ({ ...bridge.delegate }) });
    const { bridge } = await run(codeUnder(page, 'On the page'));
    const calls = pageOf(page).text.match(/^\| `(personetics\..*?)\(reply, requestId\)`/gm) ?? [];
    for (const [n, call] of calls.entries()) {
      bridge.delegate.sendRequestToPServer(null, command, `w-${n}`);
      await vi.waitFor(() => expect(posted).toHaveLength(n + 1));
      const [requestId] = /\d{10}/.exec(JSON.stringify(posted[n])) ?? [];
      runInContext(call.slice(3, -1), createContext({ personetics, reply: base64, requestId }));
    }
    expect(calls).toHaveLength(4);
    expect(await answers(4)).toEqual([0, 1, 2, 3].map((n) => ({ response: counted, requestId: `w-${n}` })));
  });

  it('B11 gives the widget Base64 if it was initialised for that', async () => {
    const { posted, ios } = shells();
    ios();
    const { bridge } = await run(codeUnder(page, 'On the page', 2));
    bridge.delegate.sendRequestToPServer(null, command, 'w-1');
    await vi.waitFor(() => expect(posted).toHaveLength(1));
    const [id = ''] = /\d{10}/.exec(JSON.stringify(posted)) ?? [];
    bridge.handlePServerResponse(counted, id);
    expect(await answers()).toEqual([{ response: base64, requestId: 'w-1' }]);
  });

  it('N2 asks an app with two channels, and is answered by the function of the page', async () => {
    const posted: string[][] = [];
    for (const name of ['PassInsightInfo', 'sendRequestId', 'NavigateUser'])
      vi.stubGlobal(name, { postMessage: (text: string) => void posted.push([name, text]) });
    const { bridge } = await run(codeUnder(page, 'Flutter with two channels'));
    const { homeApp } = stage.page.window as unknown as {
      homeApp: { showResponse(base64: string, id: string): boolean };
    };
    bridge.delegate.sendRequestToPServer(null, command, 'w-1');
    bridge.delegate.navigateToPage({ requestString: 'navigateToPage', data: { navigateTarget: 'cards' } });
    expect(posted).toEqual([
      ['PassInsightInfo', JSON.stringify(command)],
      ['sendRequestId', expect.stringMatching(/^\d{10}$/)],
      ['NavigateUser', 'cards'],
    ]);
    homeApp.showResponse(base64, posted[1]?.[1] ?? '');
    expect(await answers()).toEqual([{ response: counted, requestId: 'w-1' }]);
  });

  /** What the app's server says. */
  const replyTo = (body: Command): string => bankside.asBase64(stage.sandbox.pserver.execute(body));

  it.each([0, 2])('B13 N2 starts the build that ships, in an app that answers the widget (%i)', async (n) => {
    const postMessage = (json: string): void => {
      const { requestData, requestId } = JSON.parse(json).requestInformation;
      if (requestId) setTimeout(() => widget.handlePServerResponse(replyTo(requestData), requestId));
    };
    vi.stubGlobal('webkit', { messageHandlers: { personeticsApple: { postMessage } } });
    const { widget, shown } = await runOnShipped(stage, codeUnder(page, 'On the page', n));
    widget.startWidget({ widgetType: 'teaser-widget', el: '#insights' });
    expect((await shown(0)).items).toHaveLength(6);
    widget.assertExactlyOnce();
  });

  it('B13 N2 starts the build that ships, in an app with two channels', async () => {
    let body = '';
    vi.stubGlobal('homeApp', undefined);
    vi.stubGlobal('PassInsightInfo', {
      postMessage(text: string) {
        body = text;
      },
    });
    vi.stubGlobal('sendRequestId', {
      postMessage(id: string) {
        const reply = replyTo(JSON.parse(body));
        const { homeApp } = globalThis as unknown as Record<'homeApp', { showResponse: Answer }>;
        setTimeout(() => homeApp.showResponse(reply, id));
      },
    });
    const { widget, shown } = await runOnShipped(stage, codeUnder(page, 'Flutter with two channels'));
    widget.startWidget({ widgetType: 'teaser-widget', el: '#insights' });
    expect((await shown(0)).items).toHaveLength(6);
    widget.assertExactlyOnce();
  });

  it('B7 N2 reports a second or late answer under the id on the wire', async () => {
    const { posted, ios } = shells();
    ios();
    const { bridge } = await run(codeUnder(page, 'On the page'));
    const orphan = vi.fn();
    bridge.on('orphan', orphan);
    const { personetics } = stage.page;
    bridge.delegate.sendRequestToPServer(null, command, 'w-1');
    const late = bridge.send('pserver', count, { timeout: 1 });
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    const [twice, tooLate] = posted.map((message) => /\d{10}/.exec(JSON.stringify(message))?.[0]);
    personetics.handlePServerResponse(base64, twice);
    personetics.handlePServerResponse(base64, twice);
    personetics.handlePServerResponse(base64, tooLate);
    expect(await answers()).toEqual([{ response: counted, requestId: 'w-1' }]);
    expect(orphan.mock.calls).toEqual([
      [{ requestId: twice, reason: 'unknown' }],
      [{ requestId: tooLate, reason: 'unknown' }],
    ]);
  });

  it('accepts a shell that the page defines', async () => {
    const postMessage = vi.fn();
    const { transport } = await run(codeUnder(page, 'Another shell'), { bankApp: { postMessage } });
    const bridge = new bankside.WidgetBridge({ transport });
    const answer = bridge.send('pserver', count);
    await vi.waitFor(() => expect(postMessage).toHaveBeenCalledOnce());
    const { requestId, ...rest } = JSON.parse(postMessage.mock.calls[0]?.[0]);
    expect(rest).toEqual({ sender: 'sendRequestToPServer', requestData: count });
    bridge.handlePServerResponse(base64, requestId);
    await expect(answer).resolves.toEqual(counted);
  });

  it.each(snippetsIn('swift', 'kotlin', 'dart').map(({ file, heading }) => [file, heading]))(
    'in %s says under “%s” that its code is neither compiled nor run',
    (file, heading) => {
      expect(file).toBe(page);
      const section = pageOf(file)
        .text.split(/^#+ /m)
        .find((text) => text.startsWith(`${heading}\n`));
      expect(section?.split('\n')[2]).toMatch(/^\*\*Not compiled, not run (on|in) \w+\.\*\*/);
    },
  );
});
