import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { origin } from './fixtures/bank-page.ts';
import { bankside } from './fixtures/built.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers, arrived } = stage;

const count = { type: 'getNumberOfInsights' };
const counted = { ok: true, numberOfInsights: 6, unread: 4 };

describe('docs/transports.md', () => {
  describe('a transport around a transport', () => {
    const shown = codeUnder('docs/transports.md', 'A transport around a transport');

    it('B5 adds fields to object and string bodies', async () => {
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

  it('passes on a reply from a push channel, but not a second one', async () => {
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

  it('passes on replies from a shell that calls the widget itself', async () => {
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

  it('carries objects and text over a channel of the page', async () => {
    const { transport } = await run(codeUnder('docs/transports.md', 'How `send` fails'));
    const bridge = new bankside.WidgetBridge({ transport });
    expect(await bridge.send('pserver', count)).toMatchObject(counted);
    expect(await bridge.send('pserver', JSON.stringify(count))).toMatchObject(counted);
  });

  it('lets a transport fail with a code of its own', async () => {
    stage.server.use(http.post(`${origin}/widget/:server`, () => new HttpResponse(null, { status: 503 })));
    const { transport } = await run(codeUnder('docs/transports.md', 'How `send` fails'));
    const answer = new bankside.WidgetBridge({ transport }).send('ob', { type: 'getAccounts' });
    await expect(answer).rejects.toMatchObject({ code: 'HTTP', details: { server: 'ob', status: 503 } });
  });

  it('passes requests of an iframe to the page around it', async () => {
    const { window, frame } = stage.page;
    const heading = 'In another window, or a worker';
    await run(codeUnder('docs/transports.md', heading, 1));
    const at = (eventOrigin: string, source: object) => (data: unknown, _target: string, ports: unknown[]) =>
      dispatchEvent(Object.assign(new Event('message'), { data, origin: eventOrigin, source, ports }));
    window.parent.postMessage.mockImplementation(at('https://widget.bank.example', frame.contentWindow));
    const { bridge } = await run(codeUnder('docs/transports.md', heading, 0));
    await expect(bridge.send('pserver', count)).resolves.toMatchObject(counted);
    expect(arrived.map(({ url }) => url)).toEqual([`${origin}/gateway/pserver`]);
  });

  it('passes requests to a worker', async () => {
    const { transport } = await run(codeUnder('docs/transports.md', 'In another window, or a worker', 2));
    const [[{ port }]] = stage.page.worker.postMessage.mock.calls as [[{ port: MessagePort }]];
    const stop = bankside.servePort({ transport: stage.page.transport, port });
    const reply = new bankside.WidgetBridge({ transport }).send('pserver', count);
    await expect(reply).resolves.toMatchObject(counted);
    stop();
  });
});
