import { describe, expect, it, vi } from 'vitest';
import { bankside } from './fixtures/built.ts';
import { count, counted, silent } from './fixtures/count-insights.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers } = stage;

const under = (heading: string, n?: number): Snippet => codeUnder('README.md', heading, n);

describe('a transport', () => {
  it('keeps a token until it is rejected', async () => {
    const { transport } = await run(under('Send over HTTPS, with a token that expires'));
    const bridge = new bankside.WidgetBridge({ transport });
    const asked = () => stage.arrived.filter(({ url }) => url.endsWith('/session/token')).length;
    await bridge.send('pserver', count);
    await bridge.send('pserver', count);
    expect(asked()).toBe(1);
    stage.sandbox.fault({ kind: 'stale-token' });
    expect(await bridge.send('pserver', count)).toEqual(counted);
    expect(asked()).toBe(2);
  });
});

describe('a React or Angular layout', () => {
  it('is answered when it sends to PersoWidget', async () => {
    stage.page.usePersoWidget();
    await run(under('Use React or Angular'));
    const message = { requestString: 'sendRequestToPServer', requestId: '7', json: { requestData: count } };
    stage.page.PersoWidget.widgetEventHandler?.(message);
    expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);
  });
});

describe('the page', () => {
  it('knows a timeout by its code', async () => {
    const bridge = new bankside.WidgetBridge({ transport: silent, timeout: 1 });
    await run(under('Errors'), { bridge });
    expect(stage.page.console.warn).toHaveBeenCalledExactlyOnceWith('Nothing in 1 ms');
  });

  it('T4 hears of a session that is over, and of what its own function threw the kind alone', async () => {
    const { transport } = await run(under('Send over HTTPS, with a token that expires'), {
      async fetchToken() {
        throw new Error('No token: status 403');
      },
    });
    const bridge = new bankside.WidgetBridge({ transport });
    const failure = vi.fn();
    bridge.on('failure', ({ error }) => failure(error.code, String(error.cause)));
    stage.ask(bridge);
    expect(await answers()).toMatchObject([{ response: { ok: false } }]);
    expect(failure).toHaveBeenCalledExactlyOnceWith(
      'NETWORK',
      expect.stringMatching(/^Error: The function threw/),
    );
    expect(failure).not.toHaveBeenCalledWith('NETWORK', expect.stringContaining('403'));
  });

  it('is tested with tokens that go stale', async () => {
    stage.server.close();
    const { server, sandbox } = (await run(under('Test your page'))) as unknown as Pick<
      typeof stage,
      'server' | 'sandbox'
    >;
    const { transport } = await run(under('Send over HTTPS, with a token that expires'), {
      fetchToken: async () => sandbox.issueToken(),
    });
    expect(await new bankside.WidgetBridge({ transport }).send('pserver', count)).toEqual(counted);
    expect(sandbox.log.map(({ status }) => status)).toEqual([401, 200]);
    server.close();
  });
});
