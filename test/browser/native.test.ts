import { afterEach, expect, test, vi } from 'vitest';
import { asBase64, nativeTransport, WidgetBridge } from '../../src/index.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const BODY = { type: 'rateInsight', text: 'ż🏦 </script>\u2028 \ud83c half' };

/** A widget whose requests go to native code, if this window has any. */
function widgetInApp(readyTimeout?: number) {
  const transport = nativeTransport({ readyTimeout });
  const bridge = new WidgetBridge({ transport });
  const codes: string[] = [];
  bridge.on('failure', ({ error }) => codes.push(error.code));
  const widget = { handlePServerResponse: vi.fn() };
  bridge.attach(widget, {});
  const own = widget.handlePServerResponse; // the bridge's, which native code calls
  return {
    bridge,
    codes,
    answer: (reply: unknown, id: string) => own(asBase64(reply) as never, id as never),
  };
}

test('a window of a browser is not a native shell', async () => {
  const { bridge } = widgetInApp(0);

  await expect(bridge.send('pserver', BODY)).rejects.toMatchObject({ code: 'NO_CHANNEL' });
});

test.each<[string, (post: (json: string) => void) => unknown]>([
  ['webkit', (post) => ({ messageHandlers: { personeticsApple: { postMessage: post } } })],
  ['ReactNativeWebView', (post) => ({ postMessage: post })],
  ['PersoneticsFlutter', (post) => ({ postMessage: post })],
  [
    'PersoneticsAndroid',
    (post) => ({
      sendRequestToPServer: (body: string, requestId: string) =>
        post(`{"requestData":${body},"requestId":"${requestId}"}`),
    }),
  ],
])('window.%s is found when it appears, and answers', async (name, inject) => {
  const { bridge, answer } = widgetInApp();
  const replies = [bridge.send('pserver', BODY), bridge.send('pserver', BODY)];
  const posted: string[] = [];
  vi.stubGlobal(
    name,
    inject((json) => {
      posted.push(json);
      const { requestInformation, ...message } = JSON.parse(json);
      const { requestData, requestId } = requestInformation ?? message;
      answer({ got: requestData }, requestId);
    }),
  );

  expect(await Promise.all(replies)).toEqual([{ got: BODY }, { got: BODY }]);
  expect(new Set(posted).size).toBe(2);
});

test('T4 an error that the engine throws at a post is a NETWORK error', async () => {
  vi.stubGlobal('ReactNativeWebView', { postMessage: () => structuredClone(() => 'no function is cloned') });
  const { bridge, codes } = widgetInApp();

  await expect(bridge.send('pserver', BODY)).rejects.toMatchObject({
    code: 'NETWORK',
    cause: { message: expect.stringContaining('DataCloneError') },
  });
  expect(codes).toEqual(['NETWORK']);
});

/** Channels that native code puts on the page, and the messages that were posted to each. */
function channels(...names: string[]): [name: string, text: string][] {
  const posted: [string, string][] = [];
  for (const name of names)
    vi.stubGlobal(name, { postMessage: (text: string) => void posted.push([name, text]) });
  return posted;
}

test('N1 objects of the page in an event are omitted, and nothing else', () => {
  const posted = channels('ReactNativeWebView');
  const { bridge } = widgetInApp();
  const teaser = document.createElement('div');
  const frame = document.body.appendChild(document.createElement('iframe'));
  const foreign = frame.contentWindow as Window & typeof globalThis;
  // jQuery and React store data on elements, and jQuery keeps a list of them.
  Object.assign(teaser, { jQuery351: { events: { teaser } }, __reactFiber: { stateNode: teaser } });
  const clickedTeaser = Object.assign(Object.create({ jquery: '3.5.1' }), { 0: teaser, length: 1 });
  const params = {
    eventType: 'teaserClick',
    insightId: 'i1',
    clickedTeaser,
    teaser,
    document,
    window,
    otherElement: foreign.document.createElement('p'),
    otherWindow: foreign,
    onClick: () => {},
    self: undefined as unknown,
    payload: foreign.JSON.parse('{"nodeType":1,"text":"ż🏦"}'),
    value: '1',
  };
  params.self = params;
  bridge.delegate.widgetEvent(clickedTeaser, params);
  bridge.delegate.sessionEnded({ widgetType: 'teaser-widget', el: clickedTeaser, parentCtrl: params });
  frame.remove();

  const data = {
    eventType: 'teaserClick',
    insightId: 'i1',
    payload: { nodeType: 1, text: 'ż🏦' },
    value: '1',
  };
  const requestString = 'personeticsEvent';
  expect(posted.map(([, json]) => JSON.parse(json))).toEqual([
    { requestString, requestData: { requestString, data: data } },
    {
      requestString: 'sessionEnded',
      requestData: { requestString: 'sessionEnded', widgetType: 'teaser-widget' },
    },
  ]);
});

test('N2 a script of native code answers by each of four names, in Base64 with line breaks, once', async () => {
  const posted = channels('PersoneticsFlutter');
  const bridge = new WidgetBridge({ transport: nativeTransport() });
  const orphans: unknown[] = [];
  bridge.on('orphan', ({ requestId }) => orphans.push(requestId));
  const got: unknown[][] = [];
  const kept = { ...bridge.delegate };
  const personetics = {
    getJSBridge: () => kept,
    handlePServerResponse(response: unknown, requestId: string) {
      this.handleServerResponse(response, requestId);
    },
    handleServerResponse: (response: unknown, requestId: string) => void got.push([response, requestId]),
  };
  vi.stubGlobal('personetics', personetics);
  bridge.attach(personetics);
  const names = ['', '.getJSBridge()'].flatMap((of) => [
    `personetics${of}.handlePServerResponse`,
    `personetics${of}.handleServerResponse`,
  ]);
  for (const [n, name] of names.entries()) {
    bridge.delegate.sendRequestToPServer(null, BODY, `w-${n}`);
    const { requestId } = JSON.parse(posted.at(-1)?.[1] ?? '');
    const base64 = asBase64({ ok: true, name, text: 'ż🏦'.repeat(20) }).replace(/.{76}/g, '$&\\n');
    // Answers twice, which native code should not do.
    const script = document.createElement('script');
    script.textContent = `${name}('${base64}', '${requestId}');`.repeat(2);
    document.head.append(script);
    script.remove();
  }

  await vi.waitFor(() => expect(got).toHaveLength(4));
  expect(got).toEqual(names.map((name, n) => [{ ok: true, name, text: 'ż🏦'.repeat(20) }, `w-${n}`]));
  expect(orphans).toHaveLength(4);
});

test('N2 three concurrent requests over two channels of Flutter each get their own answer', async () => {
  const posted = channels('PassInsightInfo', 'sendRequestId', 'NavigateUser');
  const bridge = new WidgetBridge({
    transport: nativeTransport({
      shell: 'flutter',
      channel: { body: 'PassInsightInfo', id: 'sendRequestId' },
    }),
  });
  vi.stubGlobal('homeApp', { showResponse: bridge.handlePServerResponse });
  const replies = [1, 2, 3].map((n) => bridge.send('pserver', { ...BODY, n }));
  bridge.delegate.navigateToPage({ requestString: 'navigateToPage', data: { navigateTarget: 'cards' } });
  /** That app stores one body and one id. */
  for (let n = 1; n <= 3; n += 1) {
    await vi.waitFor(() => expect(posted).toHaveLength(2 * n + 1));
    const [body = '', id = ''] = ['PassInsightInfo', 'sendRequestId'].map(
      (name) => posted.filter(([channel]) => channel === name).at(-1)?.[1],
    );
    const script = document.createElement('script');
    script.textContent = `homeApp.showResponse('${asBase64({ got: JSON.parse(body) })}', '${id}')`;
    document.head.append(script);
    script.remove();
  }

  expect(await Promise.all(replies)).toEqual([1, 2, 3].map((n) => ({ got: { ...BODY, n } })));
  expect(posted.filter(([channel]) => channel === 'NavigateUser')).toEqual([['NavigateUser', 'cards']]);
});
