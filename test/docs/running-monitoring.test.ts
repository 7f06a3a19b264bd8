import { SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { describe, expect, it, vi } from 'vitest';
import { codeUnder } from './pages.ts';
import { runOnShipped } from './shipped-page.ts';
import { snippetTests } from './snippet-tests.ts';

const stage = snippetTests();
const { run } = stage;

const count = { type: 'getNumberOfInsights' };

describe('docs/monitoring.md', () => {
  it('signs nobody out for what the widget tells', async () => {
    await run(codeUnder('docs/monitoring.md', 'Messages of the widget'));
    const { bridge, location, router } = stage.page;
    bridge.delegate.sessionError({ ok: false });
    bridge.delegate.sessionEnded({});
    bridge.delegate.sessionEnded();
    expect(router.open).not.toHaveBeenCalled();
    bridge.delegate.sessionEnded({ ExistInbox: true });
    bridge.delegate.navigateToPage('accounts');
    expect(router.open.mock.calls).toEqual([['overview'], ['accounts']]);
    expect(location.assign).not.toHaveBeenCalled();
  });

  it('B14 reads the reports of the build that ships, of which a story’s have the ids exchanged', async () => {
    const snippet = codeUnder('docs/monitoring.md', "Events of the widget's user interface");
    const start =
      "bridge.attach(personetics);\npersonetics.startWidget({ pDelegate: bridge.delegate, el: '#a' });";
    const { widget, shown } = await runOnShipped(stage, { ...snippet, code: `${snippet.code}\n${start}` });
    const [, second] = (await shown(0)).items as { id: string; insightId: string }[];
    const { id: insight, insightId: type } = second ?? { id: '', insightId: '' };
    const reports = () => stage.page.navigator.sendBeacon.mock.calls.map(([, text]) => JSON.parse(text));
    expect(reports()).toContainEqual({ event: 'Presented', type, insight, value: '1' });

    widget.startWidget({ widgetType: 'story-widget', el: '#a', insightId: insight, instanceId: type });
    widget.user.rate(await shown(1), 5);
    expect(reports().at(-1)).toEqual({ event: 'rating', type, insight, value: 5 });
  });

  it('B14 does what the widget asks for, until it is stopped', async () => {
    const { stop } = await run(codeUnder('docs/monitoring.md', 'Do what the widget asks for'));
    const { bridge, personetics, router } = stage.page;
    bridge.delegate.sessionEnded({ ExistInbox: true });
    expect(router.open).toHaveBeenCalledExactlyOnceWith('overview');
    bridge.delegate.sessionEnded({});
    expect(personetics.started).toMatchObject([{ widgetType: 'teaser-widget', el: '#insights', lang: 'en' }]);
    (stop as () => void)();
    bridge.delegate.sessionEnded({});
    expect(personetics.started).toHaveLength(1);
  });

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
    const { bridge, personetics } = stage.page;
    bridge.attach(personetics);
    bridge.delegate.sendRequestToPServer(count, '7');
    bridge.delegate.sendRequestToPServer({ type: 'getInsights' }, '7');
    await vi.waitFor(() => expect(exporter.getFinishedSpans()).toHaveLength(4), { timeout: 20_000 });
    const reasons = exporter.getFinishedSpans().map(({ attributes }) => attributes['bankside.reason']);
    expect(reasons.filter(Boolean)).toEqual(['superseded']);
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
    const { bridge, personetics } = stage.page;
    bridge.attach(personetics);
    bridge.delegate.sendRequestToPServer(count, '7');
    bridge.delegate.sendRequestToPServer({ type: 'getInsights' }, '7');
    const names = () => performance.getEntriesByType('measure').map(({ name }) => name);
    await vi.waitFor(() => expect(names()).toHaveLength(3), { timeout: 20_000 });
    expect(names()).toContain('pserver getNumberOfInsights: superseded');
    performance.clearMeasures();
  });
});
