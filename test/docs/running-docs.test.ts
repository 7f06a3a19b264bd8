import ky from 'ky';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import type { Sandbox } from '../../src/testing/index.ts';
import { origin } from './bank-page.ts';
import { bankside, testingServer } from './built.ts';
import { codeUnder } from './pages.ts';
import { bodiesOf } from './served.ts';
import { runOnShipped } from './shipped-page.ts';
import { snippetTests } from './snippet-tests.ts';

const stage = snippetTests();
const { run, answers, arrived } = stage;

const count = { type: 'getNumberOfInsights' };
const counted = { ok: true, numberOfInsights: 6, unread: 4 };

describe('docs/vanilla.md', () => {
  it('B13 shows a page that works on the build that ships', async () => {
    const { widget, shown } = await runOnShipped(
      stage,
      codeUnder('docs/vanilla.md', 'The first page that works'),
    );
    expect((await shown(0)).items).toHaveLength(6);
    expect((await bodiesOf(stage))[0]).toMatchObject({
      type: 'getInboxInsights',
      lang: 'en',
      deviceType: 'web',
    });
    widget.assertExactlyOnce();
  });

  it('B14 does what the widget wants of the page', async () => {
    await run(codeUnder('docs/vanilla.md', 'What the widget wants of the page'));
    const { bridge, personetics, router } = stage.page;
    bridge.delegate.widgetEvent({}, { eventType: 'teaserClick', insightId: 'i1', instanceId: 'type1' });
    bridge.delegate.navigateToPage({ data: { navigateTarget: 'cards' } });
    bridge.delegate.sessionEnded({ ExistInbox: true });
    expect(personetics.started).toMatchObject([
      { widgetType: 'story-widget', insightId: 'i1', el: '#insights' },
    ]);
    expect(router.open.mock.calls).toEqual([['cards'], ['overview']]);
  });

  it('B12 shows how a widget that loads later gets the functions, and its replies', async () => {
    await run(codeUnder('docs/vanilla.md', 'A widget that loads later'));
    expect(stage.page.personetics.delegate).toBeUndefined();
    const [type, loaded] = stage.page.window.addEventListener.mock.calls[0] ?? [];
    expect(type).toBe('load');
    loaded();
    stage.page.personetics.delegate?.sendRequestToPServer(count, '7');
    expect(await answers()).toEqual([{ response: expect.objectContaining(counted), requestId: '7' }]);
  });

  it('B12 shows a widget that loads later, of the build that ships', async () => {
    const { bridge } = stage.page;
    const { shown } = await runOnShipped(stage, codeUnder('docs/vanilla.md', 'A widget that loads later'), {
      bridge,
    });
    expect(arrived).toEqual([]);
    dispatchEvent(new Event('load'));
    expect((await shown(0)).items).toHaveLength(6);
    const [body] = await Promise.all(arrived.map((request) => request.clone().json()));
    expect(body).toMatchObject({ type: 'getInboxInsights', lang: 'en', deviceType: 'web' });
  });
});

describe('docs/transports.md', () => {
  describe('a transport around a transport', () => {
    const shown = codeUnder('docs/transports.md', 'A transport around a transport');

    it('B5 adds fields to bodies, be they objects or text', async () => {
      const { bridge } = await run(shown);
      const { bankSessionId } = stage.page;
      for (const body of [count, JSON.stringify(count)]) {
        expect(await bridge.send('pserver', body)).toMatchObject(counted);
        expect(await arrived.at(-1)?.clone().json()).toEqual({ ...count, bankSessionId });
      }
    });

    it('B5 ends a request whose body is no JSON, as the page says', async () => {
      const { bridge } = await run(shown);
      await expect(bridge.send('pserver', 'no JSON')).rejects.toMatchObject({ code: 'NETWORK' });
      expect(arrived).toEqual([]);
    });

    it('B2 keeps what the inner one has beside', async () => {
      const inner = {
        send: vi.fn(() => ({ ok: true })),
        receive: vi.fn(),
        notify: vi.fn(),
        dispose: vi.fn(),
      };
      const code = shown.code.replace(/const inner = .*;/, 'const inner = given;');
      expect(code).not.toBe(shown.code);
      const { bridge, transport } = await run({ ...shown, code }, { given: inner });
      const { send, ...beside } = inner;
      expect(transport).toMatchObject(beside);
      await bridge.send('pserver', count);
      expect(send).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ body: { ...count, bankSessionId: stage.page.bankSessionId } }),
        expect.objectContaining({ deadline: expect.any(Number) }),
      );
      bridge.delegate.sessionStarted({ at: 1 });
      expect(inner.notify).toHaveBeenCalledExactlyOnceWith('sessionStarted', { at: 1 });
    });
  });

  it('takes replies from a push channel, and holds the second back', async () => {
    stage.server.use(http.post(`${origin}/widget/:server`, () => new HttpResponse(null, { status: 202 })));
    const { bridge } = await run(codeUnder('docs/transports.md', 'Replies over a push channel'));
    const orphan = vi.fn();
    bridge.on('orphan', orphan);
    bridge.attach(stage.page.personetics, {});
    bridge.delegate.sendRequestToPServer(null, count, 7);
    await vi.waitFor(() => expect(arrived).toHaveLength(1));
    stage.page.push({ requestId: '7', response: counted });
    stage.page.push({ requestId: '7', response: counted });
    expect(await answers()).toEqual([{ response: counted, requestId: 7 }]);
    expect(orphan).toHaveBeenCalledExactlyOnceWith({ requestId: '7', reason: 'settled' });
  });

  it('takes replies from a shell that calls the widget itself', async () => {
    const { bridge } = await run(codeUnder('docs/transports.md', 'Replies through a function of the page'));
    const { personetics, shell } = stage.page;
    bridge.attach(personetics);
    bridge.delegate.sendRequestToPServer(null, count, '7');
    bridge.delegate.sessionStarted({ at: 1 });
    const [[request], [notice]] = shell.post.mock.calls as [[{ wireId: string }], [object]];
    expect(notice).toEqual({ name: 'sessionStarted', data: { at: 1 } });
    personetics.handlePServerResponse(JSON.stringify(counted), request.wireId);
    expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);
  });

  it('lets a transport fail with a code of its own', async () => {
    stage.server.use(http.post(`${origin}/widget/:server`, () => new HttpResponse(null, { status: 503 })));
    const { transport } = await run(codeUnder('docs/transports.md', 'How `send` fails'));
    const answer = new bankside.WidgetBridge({ transport }).send('ob', { type: 'getAccounts' });
    await expect(answer).rejects.toMatchObject({ code: 'HTTP', details: { server: 'ob', status: 503 } });
  });
});

describe('docs/commands.md', () => {
  it('links a bank', async () => {
    const before = stage.sandbox.ob.logins.length;
    await run(codeUnder('docs/commands.md', 'Open Banking'));
    expect(stage.sandbox.ob.logins).toHaveLength(before + 1);
  });
});

describe('docs/testing.md', () => {
  it('Q1 shows a page of the sandbox on a real port', async () => {
    stage.server.close();
    const served = await testingServer.startSandboxServer({ port: 0 });
    onTestFinished(() => served.close());
    const shown = codeUnder('docs/testing.md', 'On a real port');
    const code = shown.code.replace('http://127.0.0.1:4173', served.url);
    expect(code).not.toBe(shown.code);
    const { bridge, poller } = await run({ ...shown, code });
    expect(await bridge.send('pserver', count)).toMatchObject(counted);
    const subscribed = vi.fn();
    (poller as QueuePoller).on('subscribed', subscribed);
    void (poller as QueuePoller).start();
    await vi.waitFor(() => expect(subscribed).toHaveBeenCalledOnce(), { timeout: 20_000 });
  });

  it('shows how a second reply is held back', async () => {
    stage.server.close();
    const { bridge, sandbox } = await run(codeUnder('docs/testing.md', 'Replies that come another way'));
    const server = setupServer(...(sandbox as Sandbox).handlers);
    server.listen({ onUnhandledRequest: 'error' });
    bridge.attach(stage.page.personetics, {});
    bridge.delegate.sendRequestToPServer(count, '7');
    const { log } = stage.page.console;
    await vi.waitFor(() => expect(log).toHaveBeenCalledExactlyOnceWith('Held back: 7, settled'), {
      timeout: 20_000,
    });
    expect(await answers()).toEqual([{ response: expect.objectContaining(counted), requestId: '7' }]);
    server.close();
  });
});

describe('docs/why-a-request-hangs.md', () => {
  it('tells that the widget calls, and that it does so in no known shape', async () => {
    const { log } = stage.page.console;
    await run(codeUnder('docs/why-a-request-hangs.md', '1. Does the widget call the page?'));
    stage.page.bridge.attach(stage.page.personetics, {});
    stage.page.bridge.delegate.sendRequestToPServer(null, count, '7');
    stage.page.bridge.delegate.sendRequestToPServer(1, 2, 3);
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(2));
    expect(log.mock.calls).toEqual([
      ['pserver getNumberOfInsights (7)'],
      [expect.stringContaining('sendRequestToPServer')],
    ]);
  });

  it('tells how far a request is', async () => {
    const { log } = stage.page.console;
    await run(codeUnder('docs/why-a-request-hangs.md', '2. Does it wait for a token?'));
    stage.page.bridge.attach(stage.page.personetics, {});
    stage.page.bridge.delegate.sendRequestToPServer(null, count, '7');
    await answers();
    expect(log.mock.calls).toEqual([['7: sent, sent 1 times so far', '']]);
  });

  it('T2 tells that a hook of the page’s ky does not answer: not at all, or with the token alone', async () => {
    const { log } = stage.page.console;
    const snippet = codeUnder('docs/why-a-request-hangs.md', '2. Does it wait for a token?');
    const hanging = ky.extend({ hooks: { beforeRequest: [() => new Promise<never>(() => {})] } });
    for (const authToken of [false, () => 'token'] as const) {
      const endpoints = { pserver: `${origin}/gateway/pserver` };
      const transport = bankside.httpTransport({ endpoints, authToken, ky: hanging });
      const bridge = new bankside.WidgetBridge({ transport });
      onTestFinished(() => bridge.dispose());
      await run(snippet, { bridge });
      bridge.send('pserver', count).catch(() => {});
    }
    await vi.waitFor(() => expect(log).toHaveBeenCalled());
    expect(log.mock.calls).toEqual([[expect.stringMatching(/: token, sent 0 times so far$/), '']]);
    expect(arrived).toEqual([]);
  });

  it('tells of replies that nobody waits for', async () => {
    const { log } = stage.page.console;
    await run(codeUnder('docs/why-a-request-hangs.md', '4. Did the reply find its request?'));
    stage.page.bridge.handlePServerResponse({ ok: true }, '9');
    const { bridge, personetics } = stage.page;
    bridge.attach(personetics);
    bridge.delegate.sendRequestToPServer(count, '7');
    bridge.delegate.sendRequestToPServer({ type: 'getInsights' }, '7');
    await answers();
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(2), { timeout: 20_000 });
    bridge.handlePServerResponse({ ok: true }, '7');
    expect(log.mock.calls).toEqual([
      ["9 is nobody's"],
      ['7 makes way for a newer request of the same id'],
      ['7 came too late, or twice'],
    ]);
  });

  it('tells that the widget could not use a reply, and that it takes one for a failure', async () => {
    const { log } = stage.page.console;
    const snippet = codeUnder('docs/why-a-request-hangs.md', '5. Did the widget take it?');
    const { bridge } = stage.page;
    const code = `bridge.attach(personetics);\npersonetics.initialize({ pDelegate: bridge.delegate });\n${snippet.code}`;
    vi.mocked(console.error).mockImplementation(() => {});
    const { widget } = await runOnShipped(stage, { ...snippet, code });
    await expect(widget.request('pserver', count)).rejects.toThrow('charAt is not a function');
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('The widget threw'));
    vi.mocked(console.error).mockClear();
    log.mockClear();
    const failed = { ok: false, status: '404' };
    bridge.delegate.sessionError(failed);
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('failure'), failed);
  });
});
