import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Transport, WidgetBridge } from '../../src/index.ts';
import { bankside } from './fixtures/built.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers } = stage;

const under = (heading: string, n?: number): Snippet => codeUnder('README.md', heading, n);
const count = { type: 'getNumberOfInsights' };
const counted = expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 });
const silent: Transport = { send: () => new Promise(() => {}) };

/** Has a widget ask over this bridge, which answers the page's stand-in. */
function ask(bridge: WidgetBridge): void {
  bridge.attach(stage.page.personetics, {});
  bridge.delegate.sendRequestToPServer(null, count, '7');
}

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

  it('sends no token where a gateway adds it', async () => {
    const { transport } = await run(under("Keep the token on the bank's side"));
    expect(await new bankside.WidgetBridge({ transport }).send('pserver', count)).toEqual(counted);
    expect(stage.arrived.map(({ headers }) => headers.has('authToken'))).toEqual([false]);
  });

  it('signs what is sent', async () => {
    const { transport } = await run(under('Add headers: CSRF, signing, `bankId`'));
    const body = { ...count, hints: 'ü' };
    await new bankside.WidgetBridge({ transport }).send('pserver', body);
    const [request] = stage.arrived;
    expect(await request?.text()).toBe(JSON.stringify(body));
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      bankid: '42',
      'x-csrf-token': stage.page.csrfToken,
      'x-signature': await stage.page.sign(JSON.stringify(body)),
    });
  });

  it("of the page's own carries objects and text", async () => {
    const { bridge } = await run(under('Send over a channel of your own'));
    expect(await bridge.send('pserver', count)).toEqual(counted);
    expect(await bridge.send('pserver', JSON.stringify(count))).toEqual(counted);
  });
});

describe('a React or Angular layout', () => {
  const message = { requestString: 'sendRequestToPServer', requestId: '7', json: { requestData: count } };
  const heading = 'Wire React and Angular layouts, and a widget that loads later';

  it('is answered when it sends to PersoWidget', async () => {
    stage.page.usePersoWidget();
    await run(under(heading, 0));
    stage.page.PersoWidget.widgetEventHandler?.(message);
    expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);
  });

  it("is answered when the page's own handler passes its messages on", async () => {
    await run(under(heading, 1));
    stage.page.window.handlePersoEvent?.(message);
    expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);
  });
});

describe('an option of the bridge', () => {
  it('chooses the form of the reply', async () => {
    const declared = await run(under('Choose the form of the reply'));
    const formOf = async (name: string, place: number): Promise<unknown> => {
      ask(declared[name] as WidgetBridge);
      return (await answers(place))[place - 1]?.response;
    };
    expect(JSON.parse((await formOf('withText', 1)) as string)).toEqual(counted);
    expect(JSON.parse(atob((await formOf('withBase64', 2)) as string))).toEqual(counted);
    expect(await formOf('withMore', 3)).toEqual({ response: counted, receivedAt: expect.any(Number) });
  });

  it('words a failure', async () => {
    const { bridge } = await run(under('Set timeouts and failure replies'));
    stage.sandbox.fault({ kind: 'garbage' });
    ask(bridge);
    expect(await answers()).toEqual([
      { response: { ok: false, status: '600', statusMessage: 'Please try again.' }, requestId: '7' },
    ]);
  });

  it('does not word what the server says itself', async () => {
    const { bridge } = await run(under('Set timeouts and failure replies'));
    stage.sandbox.fault({ kind: 'error', status: 500, body: 'json' });
    ask(bridge);
    expect(await answers()).toMatchObject([{ response: { ok: false, status: '500' } }]);
  });
});

describe('the page', () => {
  it('has its commands checked by a schema', async () => {
    const snippet = under("Send commands of the page's own");
    await run(snippet);
    const wrong = new bankside.WidgetBridge({ transport: { send: () => ({ numberOfInsights: 'six' }) } });
    await expect(run(snippet, { bridge: wrong })).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });

  it('knows a timeout by its code', async () => {
    const bridge = new bankside.WidgetBridge({ transport: silent, timeout: 1 });
    await run(under('Errors'), { bridge });
    expect(stage.page.console.warn).toHaveBeenCalledExactlyOnceWith('Nothing in 1 ms');
  });

  it('is told where to go', async () => {
    await run(under('Watch what happens'));
    stage.page.bridge.delegate.navigateToPage('accounts');
    expect(stage.page.router.open).toHaveBeenCalledExactlyOnceWith('accounts');
  });

  it('ends the bridge when the user logs out', async () => {
    const bridge = new bankside.WidgetBridge({ transport: silent });
    ask(bridge);
    await run(under('Log out', 0), { bridge });
    expect(bridge.getSnapshot()).toEqual({ pending: [], disposed: true });
    expect(await answers()).toMatchObject([{ response: { ok: false }, requestId: '7' }]);
  });

  it('T4 hears of a session that is over, and of what its own function threw the kind alone', async () => {
    const { transport } = await run(under('Send over HTTPS, with a token that expires'), {
      fetch: async () => new Response('', { status: 403 }),
    });
    const bridge = new bankside.WidgetBridge({ transport });
    const failure = vi.fn();
    bridge.on('failure', ({ error }) => failure(error.code, String(error.cause)));
    ask(bridge);
    expect(await answers()).toMatchObject([{ response: { ok: false } }]);
    expect(failure).toHaveBeenCalledExactlyOnceWith(
      'NETWORK',
      expect.stringMatching(/^Error: The function threw/),
    );
    expect(failure).not.toHaveBeenCalledWith('NETWORK', expect.stringContaining('403'));
  });

  it('ends it with a signal', async () => {
    const { bridge } = await run(under('Log out', 1));
    expect(bridge.getSnapshot()).toMatchObject({ disposed: true });
  });

  it('needs no build', async () => {
    const bundle = readFileSync('dist/bankside.iife.min.js', 'utf8');
    const Bankside = new Function(`${bundle}; return Bankside;`)();
    await run(under('Use it without a build'), { Bankside });
    stage.page.personetics.sendRequestToPServer?.(count, '7');
    expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);

    const { widget, shown } = await runOnShipped(stage, under('Use it without a build'), { Bankside });
    widget.startWidget({ widgetType: 'teaser-widget', el: '#insights' });
    expect((await shown(0)).items).toHaveLength(6);
  });

  it('is tested with tokens that go stale', async () => {
    stage.server.close();
    const { server, sandbox } = (await run(under('Test your page'))) as unknown as Pick<
      typeof stage,
      'server' | 'sandbox'
    >;
    const { transport } = await run(under('Send over HTTPS, with a token that expires'), {
      fetch: async () => new Response(sandbox.issueToken()),
    });
    expect(await new bankside.WidgetBridge({ transport }).send('pserver', count)).toEqual(counted);
    expect(sandbox.log.map(({ status }) => status)).toEqual([401, 200]);
    server.close();
  });
});
