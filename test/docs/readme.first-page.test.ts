import { describe, expect, it, vi } from 'vitest';
import { bankside, testing } from './fixtures/built.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { type Find, MinimalWidget } from './fixtures/minimal-widget.ts';
import { codeUnder, pageOf } from './fixtures/pages.ts';
import { bodiesOf } from './fixtures/served.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers } = stage;

const under = (heading: string, n?: number): Snippet => codeUnder('README.md', heading, n);
const count = { type: 'getNumberOfInsights' };
const counted = expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 });

describe('the page that works first', () => {
  const snippet = under('The first page that works');

  it('is nineteen lines, five of them for the token', () => {
    expect(snippet.code.split('\n')).toHaveLength(19);
  });

  const finds: [string, Find][] = [
    ['the option eventsDelegate', (_widget, { eventsDelegate }) => eventsDelegate],
    ['a copy of the option pDelegate', (_widget, { pDelegate }) => ({ ...pDelegate })],
    [
      'the global constructor',
      (_widget, _options, { EventDelegate }) => EventDelegate && new EventDelegate(),
    ],
    [
      'a copy of what the global constructor made',
      (_widget, _options, { EventDelegate }) => ({
        ...(EventDelegate && new EventDelegate()),
      }),
    ],
    ['itself, where the page has put them', (widget) => widget],
  ];

  it.each(finds)('B13 answers a widget that finds the functions in %s', async (_where, find) => {
    const { window } = stage.page;
    const widget = new MinimalWidget(find, window);
    await run(snippet, { personetics: widget });
    widget.ask('sendRequestToPServer', null, count, '7');
    widget.ask('sendRequestToEnrichServer', null, { type: 'getUserSubscriptions' }, '8');
    for (const [id, name] of [
      ['9', 'handlePersoEvent'],
      ['10', 'widgetEventHandler'],
    ] as const) {
      const message = { requestString: 'sendRequestToPServer', requestId: id, json: { requestData: count } };
      widget.ask(name, message);
    }
    await vi.waitFor(() => expect(widget.answers).toHaveLength(4), { timeout: 20_000 });
    expect(widget.answers).toEqual(
      expect.arrayContaining([
        [counted, '7'],
        [expect.objectContaining({ subscriptions: expect.any(Array) }), '8'],
        [counted, '9'],
        [counted, '10'],
      ]),
    );
    expect(widget.callPersoneticsAPI()).toBe('its own');
  });

  it('B13 answers the build that ships, whichever of its ways to the functions it takes', async () => {
    for (const without of ['', 'pDelegate: delegate, ', 'window.EventDelegate = bridge.EventDelegate;']) {
      const code = snippet.code.replace(without, '');
      expect(code.length).toBe(snippet.code.length - without.length);
      const { widget } = await runOnShipped(stage, { ...snippet, code });
      expect(await widget.request('pserver', count)).toEqual(counted);
      expect(await widget.request('enrich', { type: 'getUserSubscriptions' })).toMatchObject({ ok: true });
      widget.assertExactlyOnce();
    }
  });

  it.each(['a', 'b', 'c', 'd', 'e', 'f'] as const)(
    'B13 answers the documents’ build, shape %s',
    async (shape) => {
      const widget = testing.createTestWidget({ build: 'documents', shape });
      await run(snippet, { personetics: widget });
      const server = shape === 'f' ? 'ob' : 'pserver';
      const body = shape === 'f' ? { type: 'getAccounts' } : count;
      expect(await widget.request(server, body)).toMatchObject({ ok: true });
      widget.assertExactlyOnce();
    },
  );

  /** The whole page of the README: the first block and the two after it. */
  const wholePage = (): Snippet => {
    const codes = [0, 1, 2].map((n) => under('The first page that works', n).code);
    return { ...snippet, code: codes.join('\n') };
  };

  it('B13 shows a view, once it is started', async () => {
    const { widget, shown } = await runOnShipped(stage, wholePage());
    expect(await shown(0)).toMatchObject({ widgetType: 'teaser-widget', el: '#insights' });
    expect((await shown(0)).items).toHaveLength(6);
    widget.assertExactlyOnce();
  });

  it('B14 and its teasers open their stories, its buttons lead where the page says', async () => {
    const { widget, shown } = await runOnShipped(stage, wholePage());
    widget.user.clickTeaser(await shown(0), 0);
    expect(await shown(1)).toMatchObject({ widgetType: 'story-widget', el: '#insights' });
    widget.sendWidgetEvent({}, { data: { actionType: 'externalNavigation', navigateTarget: 'accounts' } });
    expect(stage.page.router.open).toHaveBeenCalledExactlyOnceWith('accounts');
  });

  it('the build that ships takes language, device and user of requests from the first call alone', async () => {
    const code = wholePage().code.replace(
      'startWidget({ ...user, ',
      "startWidget({ lang: 'fr', userId: 'user-2', deviceType: 'RN', ctxId: 'later', ",
    );
    for (const page of [wholePage(), { ...snippet, code }]) {
      const before = (await bodiesOf(stage)).length;
      const { widget, declared, shown } = await runOnShipped(stage, page);
      await shown(0);
      const [body] = (await bodiesOf(stage)).slice(before);
      const taken = { lang: 'en', deviceType: 'web', ctxId: 'dashboard' };
      expect(body).toMatchObject({ type: 'getInboxInsights', ...taken });
      const headers = vi.fn();
      declared.bridge.on('request', ({ request }) => headers(request.headers['authToken']));
      await widget.request('pserver', count);
      expect(headers).toHaveBeenCalledExactlyOnceWith('user-1');
    }
  });

  it('answers the widget from all three servers, with a token', async () => {
    await run(snippet);
    const { delegate } = stage.page.personetics;
    delegate?.sendRequestToPServer(null, count, '1');
    delegate?.sendRequestToEnrichServer({ type: 'getUserSubscriptions' }, '2');
    delegate?.sendRequestToOBServer('3', '{"type":"getAccounts"}');
    expect(await answers(3)).toEqual(
      expect.arrayContaining([
        { response: counted, requestId: '1' },
        { response: expect.objectContaining({ subscriptions: expect.any(Array) }), requestId: '2' },
        { response: expect.objectContaining({ accounts: expect.any(Array) }), requestId: '3' },
      ]),
    );
    expect(stage.sandbox.log.map(({ token }) => token)).toEqual(['good', 'good', 'good']);
    expect(stage.page.console.warn).not.toHaveBeenCalled();
  });

  it('answers with the documented failure when a server fails, and reports it', async () => {
    await run(snippet);
    stage.sandbox.fault({ kind: 'error', status: 500, body: 'html' });
    stage.page.personetics.delegate?.sendRequestToPServer(count, 1);
    const failure = pageOf('docs/bridge.md').snippets.find(({ language }) => language === 'json');
    expect(await answers()).toEqual([{ response: JSON.parse(failure?.code ?? ''), requestId: 1 }]);
    expect(stage.page.console.warn).toHaveBeenCalledOnce();
  });
});

describe('the form of the reply', () => {
  it('B11 is the form that the build that ships expects, as the table says', async () => {
    const first = under('The first page that works');
    const without = first.code.replace(', base64EncodeResponse: false', '');
    const started = without.replace(
      /personetics\.initialize.*/,
      'personetics.startWidget({ pDelegate: bridge.delegate });',
    );
    const withBase64 = without
      .replace('{ transport }', '{ transport, reply: asBase64 }')
      .replace('import {', 'import { asBase64,');
    const answered = async (code: string) => {
      const { widget } = await runOnShipped(stage, { ...first, code });
      return { widget, reply: await widget.request('pserver', count) };
    };
    for (const code of [first.code, started, withBase64])
      expect((await answered(code)).reply).toEqual(counted);
    expect((await answered(started)).widget.config['base64EncodeResponse']).toBe(false);
    expect((await answered(withBase64)).widget.config['base64EncodeResponse']).toBeUndefined();
  });

  it('B11 is not to be read from the configuration once the view is started', async () => {
    const first = under('The first page that works');
    const code = first.code
      .replace(', base64EncodeResponse: false', '')
      .replace('{ transport }', '{ transport, reply: asBase64 }');
    const asBase64 = { asBase64: bankside.asBase64 };
    const { widget, shown } = await runOnShipped(stage, { ...first, code }, asBase64);
    expect(widget.config['base64EncodeResponse']).toBeUndefined();
    widget.startWidget({ widgetType: 'teaser-widget', el: '#insights' });
    expect(widget.config['base64EncodeResponse']).toBe(false);
    expect((await shown(0)).items).toHaveLength(6); // from Base64, all the same
  });

  it('B11 B1 that is wrong is told as INVALID_RESPONSE, with what the widget throws in the log', async () => {
    const first = under('The first page that works');
    const code = first.code.replace(', base64EncodeResponse: false', '');
    const { widget, declared } = await runOnShipped(stage, { ...first, code });
    const failure = vi.fn();
    declared.bridge.on('failure', ({ error }) => failure(error.code, error.message));
    vi.mocked(console.error).mockImplementation(() => {});
    await expect(widget.request('pserver', count)).rejects.toThrow('charAt is not a function');
    await vi.waitFor(() => expect(failure).toHaveBeenCalledOnce());
    expect(failure).toHaveBeenCalledWith('INVALID_RESPONSE', expect.stringContaining('The widget threw'));
    const { calls: thrown } = vi.mocked(console.error).mock;
    expect(`${thrown.splice(0)}`).toContain('charAt is not a function');
  });

  it('B11 JSON text is a failure to the build that ships, and what the documents’ takes', async () => {
    const first = under('The first page that works');
    const code = first.code
      .replace('{ transport }', '{ transport, reply: asJson }')
      .replace('import {', 'import { asJson,');
    const { widget, declared } = await runOnShipped(stage, { ...first, code });
    const [replied, sessionError] = [vi.fn(), vi.fn()];
    declared.bridge.on('reply', ({ response }) => replied(response));
    declared.bridge.on('sessionError', ({ data }) => sessionError(data));
    const reply = await widget.request('pserver', count);
    expect(JSON.parse(reply as string)).toEqual(counted);
    expect(replied).toHaveBeenCalledExactlyOnceWith(counted);
    expect(sessionError).toHaveBeenCalledExactlyOnceWith(reply);

    const documents = testing.createTestWidget({ build: 'documents', shape: 'c' });
    await run({ ...first, code }, { personetics: documents });
    expect(await documents.request('pserver', count)).toEqual(counted);
  });
});
