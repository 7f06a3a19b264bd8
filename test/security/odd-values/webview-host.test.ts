import { afterEach, describe, expect, it } from 'vitest';
import { isBanksideError } from '../../../src/index.ts';
import type { WebViewHostOptions } from '../../../src/webview-host.ts';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { hostTests } from '../../webview-host/fixtures/host-tests.ts';
import { oddValues } from './odd-values.ts';
import { wayNames, ways } from './raising.ts';
import { expectAllHandled } from './unhandled.ts';

const { reported, setUp } = hostTests();
expectAllHandled();

afterEach(() => {
  reported.length = 0;
});

const answering = { send: () => ({ ok: true }) };
const failing = { send: () => Promise.reject(new Error('x')) };

describe.each(oddValues)('S4 B1 %s', (_name, make) => {
  it.each(wayNames)('S4 a function of the app %s it', async (way) => {
    const raise = ways[way];
    const rows: [Partial<WebViewHostOptions>, unknown[], string[]][] = [
      [{ transport: { send: raise(make()) } }, [FAILURE], ['NETWORK']],
      [{ transport: failing, failureReply: raise(make()) }, [FAILURE], ['NETWORK', 'INVALID_OPTIONS']],
      [{ transport: failing, failureReply: () => make() }, [], ['NETWORK']],
      [{ transport: answering, timeout: raise(make()) }, [FAILURE], ['INVALID_OPTIONS']],
      [{ transport: { ...answering, notify: raise(make()) }, onNotice: raise(make()) }, [{ ok: true }], []],
      [{ transport: answering, inject: raise(make()) }, [], way === 'throws' ? ['NO_CHANNEL'] : []],
    ];
    for (const [options, replies, codes] of rows) {
      const { host, ask, post, page, errors } = setUp(options);
      post({ requestString: 'sessionEnded' });
      ask('1');
      await turn();
      await turn();

      if (replies.length > 0) expect(page.read).toEqual(replies.map((reply) => [reply, '1']));
      expect(errors().map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
      expect(errors().filter(({ code }) => code !== 'INVALID_OPTIONS').length).toBeLessThan(2);
      host.dispose();
    }
  });

  it('S4 the app passes it as a message, an event, a WebView or parameters', async () => {
    const { host, errors } = setUp({ transport: answering });
    const messages = [
      make(),
      { nativeEvent: make() },
      { nativeEvent: { data: make() } },
      { nativeEvent: { data: '{"requestString":"sendRequestToPServer","requestData":{}}', url: make() } },
    ];
    for (const message of messages) expect(() => host.onMessage(message)).not.toThrow();
    const webViews = [make(), { injectJavaScript: make() }, { injectJavaScript: () => {} }];
    for (const webView of webViews) {
      expect(() => host.sendRequestToPServer(webView as never, make() as object, make())).not.toThrow();
    }
    host.dispose(make());
    await turn();

    for (const error of errors()) expect(isBanksideError(error)).toBe(true);
  });

  it('S4 the page’s signal has it as a reason', async () => {
    const abort = new AbortController();
    const { ask, page, errors } = setUp({ signal: abort.signal });
    ask('1');
    abort.abort(make());
    await turn();

    expect(page.read).toEqual([[FAILURE, '1']]);
    expect(errors().map(({ code }) => code)).toEqual(['DISPOSED']);
  });
});
