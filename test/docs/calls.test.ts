import { describe, expect, it, vi } from 'vitest';
import { bankside } from './fixtures/built.ts';
import { codeUnder } from './fixtures/pages.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers, arrived } = stage;

const count = { type: 'getNumberOfInsights' };
const counted = { ok: true, numberOfInsights: 6, unread: 4 };

describe('docs/calls.md', () => {
  const message = { requestString: 'sendRequestToPServer', requestId: '7', json: { requestData: count } };
  const wirings: [string, () => unknown][] = [
    ['an option', () => stage.page.personetics.delegate?.sendRequestToPServer(count, '7')],
    [
      'a constructor',
      () =>
        stage.page.window.EventDelegate &&
        new stage.page.window.EventDelegate().sendRequestToPServer(count, '7'),
    ],
    ['functions of the widget', () => stage.page.personetics.sendRequestToPServer?.(count, '7')],
    ['messages', () => stage.page.PersoWidget.widgetEventHandler?.(message)],
    ['a handler that the page has', () => stage.page.window.handlePersoEvent?.(message)],
  ];

  it.each(wirings.map((wiring, n) => [...wiring, n] as const))(
    'B13 passes the functions as %s',
    async (_as, call, n) => {
      stage.page.usePersoWidget();
      await run(codeUnder('docs/calls.md', 'Hand over the functions', n));
      call();
      expect(await answers()).toEqual([{ response: expect.objectContaining(counted), requestId: '7' }]);
    },
  );

  it('never sends calls that are not requests to a server', async () => {
    await run(codeUnder('docs/calls.md', 'Calls that are not requests'));
    expect(stage.page.router.open.mock.calls).toEqual([['overview'], ['overview'], ['overview']]);
    expect(arrived).toEqual([]);
  });

  it.each([0, 1] as const)('B13 passes the functions to the shipped build (%i)', async (n) => {
    const snippet = codeUnder('docs/calls.md', 'Hand over the functions', n);
    const { widget } = await runOnShipped(stage, snippet, { bridge: stage.page.bridge });
    expect(await widget.request('pserver', count)).toMatchObject(counted);
    widget.assertExactlyOnce();
  });

  it('B11 gives the shipped build the Base64 that it expects', async () => {
    const { widget } = await runOnShipped(stage, codeUnder('docs/calls.md', 'The form of the reply'));
    expect(await widget.request('pserver', { type: 'getNumberOfInsights' })).toMatchObject(counted);
    expect(widget.replies[0]?.response).toMatch(/^[\w+/]+=*$/);
  });

  describe('says of the build that ships', () => {
    const start = (code: string) =>
      runOnShipped(stage, { file: '', line: 1, language: 'js', heading: '', code });
    const init = (options: string) =>
      start(
        `bridge.attach(personetics);\npersonetics.initialize({ ${options}, base64EncodeResponse: false });`,
      );

    it('B13 eventsDelegate is not read', async () => {
      vi.stubGlobal('EventDelegate', undefined);
      await expect(init('eventsDelegate: bridge.delegate')).rejects.toThrow();
      expect(arrived).toEqual([]);
    });

    it('B13 a class with methods is no delegate, and is skipped without an error', async () => {
      const { widget } = await init(
        'pDelegate: new (class { sendRequestToPServer(...args) { bridge.delegate.sendRequestToPServer(...args); } })()',
      );
      widget.getBudgetsCategories();
      expect(stage.page.bridge.getSnapshot().pending).toEqual([]);
    });

    it('B13 a plain object is cloned', async () => {
      const { widget, declared } = await start(
        `const given = { ...bridge.delegate };
        bridge.attach(personetics);
        personetics.initialize({ pDelegate: given, base64EncodeResponse: false });
        given.sendRequestToPServer = () => {};`,
      );
      expect(await widget.request('pserver', count)).toMatchObject(counted);
      expect(widget.getJSBridge()).not.toBe(declared['given']);
    });

    it('B13 a second initialize throws, unless it has a callback', async () => {
      const { widget } = await init('pDelegate: bridge.delegate');
      expect(() => widget.initialize({})).toThrow(TypeError);
      expect(() => widget.initialize({}, () => {})).not.toThrow();
    });

    it('B7 two requests of one millisecond have one id, and the second is answered', async () => {
      const { widget } = await init('pDelegate: bridge.delegate');
      const orphan = vi.fn();
      stage.page.bridge.on('orphan', ({ reason }) => orphan(reason));
      vi.useFakeTimers({ toFake: ['Date'] });
      const [first, second] = [vi.fn(), vi.fn()];
      widget.getInsightRating({ id: 'insight-1' }, first, first);
      widget.getInsightRating({ id: 'insight-2' }, second, second);
      vi.useRealTimers();
      await vi.waitFor(() => expect(second).toHaveBeenCalledOnce(), { timeout: 20_000 });
      await vi.waitFor(() => expect(orphan).toHaveBeenCalledExactlyOnceWith('superseded'), {
        timeout: 20_000,
      });
      expect(first).not.toHaveBeenCalled();
      expect(arrived).toHaveLength(2);
    });

    it.each([
      [{ ok: true }, true],
      [{ ok: 1 }, true],
      [{ status: 200 }, true],
      [{ status: '200' }, true],
      [{}, false],
      [{ numberOfInsights: 6 }, false],
      ['{"ok":true}', false],
    ])('B11 %j is a success: %s', async (reply, isSuccess) => {
      const transport = { send: () => ({ ok: true }) };
      const bridge = new bankside.WidgetBridge({ transport, reply: () => reply });
      const code =
        'bridge.attach(personetics);\npersonetics.startWidget({ pDelegate: bridge.delegate, enableNotifyEvents: false });';
      const { widget } = await runOnShipped(
        stage,
        { file: '', line: 1, language: 'js', heading: '', code },
        { bridge },
      );
      const [ok, fail] = [vi.fn(), vi.fn()];
      widget.getBudgetsCategories(ok, fail);
      await vi.waitFor(() => expect(ok.mock.calls.length + fail.mock.calls.length).toBe(1));
      expect(ok).toHaveBeenCalledTimes(isSuccess ? 1 : 0);
      bridge.dispose();
    });
  });

  it('B12 says what attach puts where', async () => {
    const attach = (code: string, personetics: object, target?: object) =>
      run({ file: '', line: 1, language: 'js', heading: '', code }, { personetics, target });
    const own = () => 'its own';
    const widget = { handlePServerResponse: own, callPersoneticsAPI: own };
    const { bridge } = stage.page;
    const detachments = bridge.attach(widget);
    expect(widget).toMatchObject({
      handlePServerResponse: own,
      callPersoneticsAPI: own,
      sendRequestToPServer: bridge.delegate.sendRequestToPServer,
      widgetEventHandler: bridge.handlePersoEvent,
    });
    detachments();
    expect(Object.keys(widget)).toEqual(['handlePServerResponse', 'callPersoneticsAPI']);
    await attach('bridge.attach(() => personetics);', widget);
    expect(Object.keys(widget)).toEqual(['handlePServerResponse', 'callPersoneticsAPI']);
    const target = {};
    await attach('bridge.attach(() => personetics, target);', widget, target);
    expect(target).toEqual(bridge.delegate);
    await expect(attach('bridge.attach(() => personetics, undefined);', widget)).rejects.toMatchObject({
      code: 'INVALID_CALL',
    });
  });
});
