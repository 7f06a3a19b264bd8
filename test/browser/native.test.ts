import { afterEach, expect, test, vi } from 'vitest';
import { asBase64, nativeTransport, WidgetBridge } from '../../src/index.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const BODY = { type: 'rateInsight', text: 'ż🏦 </script>\u2028 \ud83c half' };

/** A widget whose requests native code gets, as far as this window has any. */
function widgetInApp(readyTimeout?: number) {
  const transport = nativeTransport({ readyTimeout });
  const bridge = new WidgetBridge({ transport });
  const codes: string[] = [];
  bridge.on('failure', ({ error }) => codes.push(error.code));
  const widget = { handlePServerResponse: vi.fn() };
  bridge.attach(widget, {});
  const own = widget.handlePServerResponse; // now the door, which native code calls
  return {
    bridge,
    codes,
    answer: (reply: unknown, id: string) => own(asBase64(reply) as never, id as never),
  };
}

test('a browser’s own window is no native shell', async () => {
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
])('window.%s is found when it comes, and answers', async (name, inject) => {
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

test('T4 what the engine throws at a post is told as NETWORK', async () => {
  vi.stubGlobal('ReactNativeWebView', { postMessage: () => structuredClone(() => 'no function is cloned') });
  const { bridge, codes } = widgetInApp();

  await expect(bridge.send('pserver', BODY)).rejects.toMatchObject({
    code: 'NETWORK',
    cause: { message: expect.stringContaining('DataCloneError') },
  });
  expect(codes).toEqual(['NETWORK']);
});
