import { SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { describe, expect, it, vi } from 'vitest';
import type { TestView } from '../../src/testing/index.ts';
import { codeUnder } from './fixtures/pages.ts';
import { stillness } from './fixtures/served.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run } = stage;

const count = { type: 'getNumberOfInsights' };

describe('docs/monitoring.md', () => {
  it('does not sign the user out because of the widget’s messages', async () => {
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

  const snippet = codeUnder('docs/monitoring.md', "Events of the widget's user interface");
  const start =
    "bridge.attach(personetics);\npersonetics.startWidget({ pDelegate: bridge.delegate, widgetType: 'teaser-widget', el: '#a' });";
  const reports = () => stage.page.navigator.sendBeacon.mock.calls.map(([, text]) => JSON.parse(text));

  /** Those of the second teaser. */
  function idsOf({ items }: TestView) {
    const { id: insight, insightId: type } = items[1] as { id: string; insightId: string };
    return { insight, type };
  }

  it('B14 reads the reports of the build that ships, of which a story’s have the ids exchanged', async () => {
    const { widget, shown } = await runOnShipped(stage, { ...snippet, code: `${snippet.code}\n${start}` });
    const { insight, type } = idsOf(await shown(0));
    expect(reports()).toContainEqual({
      event: 'Presented',
      view: 'teaser-widget',
      type,
      insight,
      value: '1',
    });

    widget.startWidget({ widgetType: 'story-widget', el: '#a', insightId: insight, instanceId: type });
    widget.user.rate(await shown(1), 5);
    expect(reports().at(-1)).toEqual({ event: 'rating', view: 'story-widget', type, insight, value: 5 });
  });

  it('B14 reads the reports where widgetActions opens views: the click is reported by the story', async () => {
    const actions =
      "import { widgetActions } from 'bankside';\nwidgetActions(bridge, { widget: personetics, element: '#a' });";
    const code = `${actions}\n${snippet.code}\n${start}`;
    const { widget, shown } = await runOnShipped(stage, { ...snippet, code });
    const inbox = await shown(0);
    const { insight, type } = idsOf(inbox);
    widget.user.clickTeaser(inbox, 1);
    expect(reports().at(-1)).toEqual({
      event: 'teaserClick',
      view: 'story-widget',
      type,
      insight,
      value: '1',
    });

    await shown(1);
    widget.sendWidgetEvent(
      {},
      { data: { actionType: 'externalNavigation', navigateTarget: 'manageBudget' } },
    );
    const budgets = await shown(2);
    const { budgetKey } = budgets.items[0] as { budgetKey: string };
    widget.user.changeBudget(budgets, 0, 250);
    expect(reports().at(-1)).toEqual({ event: 'updateBudget', view: 'manage-budgets', value: budgetKey });
    await stillness(stage);
  });

  it('B14 opens stories in a dialog, over the inbox, which stays', async () => {
    const way = codeUnder('docs/monitoring.md', 'The way back from a story');
    const { widget, shown } = await runOnShipped(stage, { ...way, code: `${way.code}\n${start}` });
    const inbox = await shown(0);
    for (const n of [1, 2]) {
      widget.user.clickTeaser(inbox, n);
      expect(await shown(n)).toMatchObject({ widgetType: 'story-widget', el: '#story' });
      expect(stage.page.storyDialog.showModal).toHaveBeenCalledTimes(n);
    }
    expect(inbox).toMatchObject({ state: 'shown', el: '#a' });
    widget.sendWidgetEvent({}, { eventType: 'inboxWidgetStarted' });
    expect(await shown(3)).toMatchObject({ widgetType: 'teaser-widget', el: '#insights' });
    await stillness(stage);
  });

  describe('B14 says where it goes that a step has failed:', () => {
    const link = (navigateTarget?: string) => ({
      data: { actionType: 'externalNavigationUrl', navigateTarget },
    });
    const goTo = (navigateTarget: string) => ({ data: { actionType: 'externalNavigation', navigateTarget } });
    const widgetOf = (code: string) =>
      `import { widgetActions } from 'bankside';\nwidgetActions(bridge, ${code});`;
    const given = widgetOf('{ widget: personetics }');
    const withOpenUrl = widgetOf('{ widget: personetics, openUrl: router.open }');

    it.each([
      ['no widget', widgetOf('{ widget: () => undefined }'), { eventType: 'teaserClick' }, 'NO_CHANNEL'],
      ['no startWidget', widgetOf('{ widget: {} }'), { eventType: 'teaserClick' }, 'NO_CHANNEL'],
      ['no address', given, link(), 'INVALID_CALL'],
      ['an address that is no page’s', given, link('ftp://bank.example/'), 'INVALID_CALL'],
      ['no address for openUrl', withOpenUrl, link(), 'INVALID_CALL'],
      ['a script, of which openUrl is not asked', withOpenUrl, link('javascript:0'), 'INVALID_CALL'],
      ['subscriptions, which the widget does not have', given, goTo('subscriptions'), undefined],
    ])('%s', async (_what, actions, params, code) => {
      const whole = { ...snippet, code: `${actions}\n${start}` };
      const { widget, shown } = await runOnShipped(stage, whole);
      await shown(0);
      const failure = vi.fn();
      stage.page.bridge.on('failure', failure);
      vi.mocked(console.error).mockImplementation(() => {});
      widget.sendWidgetEvent({}, params);
      const thrown = vi.mocked(console.error).mock.calls.splice(0);
      expect(thrown).toEqual([[code ? expect.objectContaining({ code }) : expect.any(String)]]);
      expect(failure).not.toHaveBeenCalled();
      expect(stage.page.router.open).not.toHaveBeenCalled();
      expect(stage.page.location.assign).not.toHaveBeenCalled();
    });
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
