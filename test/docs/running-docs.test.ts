import { SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import type { Sandbox } from '../../src/testing/index.ts';
import { origin } from './bank-page.ts';
import { bankside, testingServer } from './built.ts';
import { codeUnder } from './pages.ts';
import { snippetTests } from './snippet-tests.ts';

const stage = snippetTests();
const { run, answers, arrived } = stage;

const count = { type: 'getNumberOfInsights' };
const counted = { ok: true, numberOfInsights: 6, unread: 4 };

describe('docs/calls.md', () => {
  const message = { requestString: 'sendRequestToPServer', requestId: '7', json: { requestData: count } };
  const wirings: [string, () => unknown][] = [
    ['an option', () => stage.page.personetics.delegate?.sendRequestToPServer(count, '7')],
    ['messages', () => stage.page.PersoWidget.widgetEventHandler?.(message)],
    [
      'a constructor',
      () =>
        stage.page.window.EventDelegate &&
        new stage.page.window.EventDelegate().sendRequestToPServer(count, '7'),
    ],
    ['a handler that the page has', () => stage.page.window.handlePersoEvent?.(message)],
  ];

  it.each(wirings.map((wiring, n) => [...wiring, n] as const))(
    'hands the functions over as %s',
    async (_as, call, n) => {
      await run(codeUnder('docs/calls.md', 'Hand over the functions', n));
      call();
      expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);
    },
  );

  it('keeps what is no request from the servers, in whatever way it comes', async () => {
    await run(codeUnder('docs/calls.md', 'What is no request'));
    expect(stage.page.location.assign).toHaveBeenCalledTimes(3);
    expect(arrived).toEqual([]);
  });
});

describe('docs/vanilla.md', () => {
  it('B12 shows how a widget that loads later gets the functions, and its replies', async () => {
    await run(codeUnder('docs/vanilla.md', 'A widget that loads later'));
    expect(stage.page.personetics.delegate).toBeUndefined();
    const [type, loaded] = stage.page.window.addEventListener.mock.calls[0] ?? [];
    expect(type).toBe('load');
    loaded();
    stage.page.personetics.delegate?.sendRequestToPServer(count, '7');
    expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);
  });
});

describe('docs/transports.md', () => {
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

describe('docs/monitoring.md', () => {
  it('reports how it went, and nothing that is secret', async () => {
    await run(codeUnder('docs/monitoring.md', 'Monitor without tokens'));
    const { bridge, navigator } = stage.page;
    const command = { ...count, ctxId: 'secret' };
    await bridge.send('pserver', command);
    stage.sandbox.fault({ kind: 'error', status: 500, body: 'html' });
    await expect(bridge.send('pserver', command)).rejects.toMatchObject({ code: 'HTTP' });
    bridge.handlePServerResponse({}, 'nobody');
    const reports = navigator.sendBeacon.mock.calls.map(([, text]) => JSON.parse(text));
    expect(reports).toEqual([
      { server: 'pserver', ...count, duration: expect.any(Number) },
      expect.objectContaining({ code: 'HTTP', server: 'pserver', ...count, status: 500 }),
      { code: 'orphan', reason: 'unknown' },
    ]);
    expect(JSON.stringify(reports)).not.toContain('secret');
  });

  it('shows that something is pending, for as long as it is', async () => {
    await run(codeUnder('docs/monitoring.md', 'Show what is pending'));
    await stage.page.bridge.send('pserver', count);
    expect(stage.page.document.body.toggleAttribute.mock.calls).toEqual([
      ['data-busy', true],
      ['data-busy', false],
    ]);
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
    expect(await bridge.send('pserver', count)).toEqual(counted);
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
    expect(await answers()).toEqual([{ response: counted, requestId: '7' }]);
    server.close();
  });
});

describe('docs/monitoring.md, of a life as plain events', () => {
  it('becomes OpenTelemetry spans, one for each request, with its attempts and what it failed with', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    trace.setGlobalTracerProvider(provider);
    await run(codeUnder('docs/monitoring.md', 'As OpenTelemetry spans'));
    await stage.page.bridge.send('pserver', count);
    stage.sandbox.fault({ kind: 'never', server: 'enrich', count: 1 });
    await expect(stage.page.bridge.send('enrich', { type: 'slow' }, { timeout: 50 })).rejects.toThrow();

    const [answered, failed] = exporter.getFinishedSpans();
    expect(answered).toMatchObject({
      name: 'widget pserver',
      attributes: { 'bankside.server': 'pserver', 'bankside.type': 'getNumberOfInsights' },
      status: { code: SpanStatusCode.UNSET },
    });
    expect(answered?.events.map(({ name }) => name)).toEqual(['sent']);
    expect(failed).toMatchObject({
      attributes: { 'bankside.code': 'TIMEOUT' },
      status: { code: SpanStatusCode.ERROR },
    });
    trace.disable();
  });

  it('becomes measures of the browser’s own profiler', async () => {
    const code = codeUnder('docs/monitoring.md', "In the browser's own profiler");
    performance.clearMeasures();
    await run(code);
    await stage.page.bridge.send('pserver', count);
    const [measure] = performance.getEntriesByType('measure');
    expect(measure?.name).toBe('pserver getNumberOfInsights: answered');
    expect(measure?.duration).toBeGreaterThan(0);
    performance.clearMeasures();
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

  it('tells of replies that nobody waits for', async () => {
    const { log } = stage.page.console;
    await run(codeUnder('docs/why-a-request-hangs.md', '4. Did the reply find its request?'));
    stage.page.bridge.handlePServerResponse({ ok: true }, '9');
    expect(log.mock.calls).toEqual([["9 is nobody's"]]);
  });
});
