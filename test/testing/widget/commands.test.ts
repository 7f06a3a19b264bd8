import { describe, expect, it, vi } from 'vitest';
import { createTestWidget, type ShippedTestWidget } from '../../../src/testing/index.ts';
import { initialized, spyDelegate, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

type Call = (widget: ShippedTestWidget, ok: () => void, fail: () => void) => void;

/** What each function sends besides the common fields. */
const commands: readonly (readonly [name: string, call: Call, fields: object])[] = [
  ['initPersonetics', (w, ok, no) => w.initPersonetics(ok, no), { type: 'initPersonetics', mode: 'm' }],
  [
    'getInsights',
    (w, ok, no) => w.getInsights({ a: 1 }, ok, no),
    { type: 'getInsights', bankInfo: { a: 1 } },
  ],
  [
    'getInsights with autoGenerate',
    (w, ok, no) => w.getInsights(undefined, ok, no, true),
    { type: 'getInsights', bankInfo: undefined, autoGenerate: true },
  ],
  [
    'getInboxInsights',
    (w, ok, no) => w.getInboxInsights({ a: 1 }, ok, no),
    { type: 'getInboxInsights', bankInfo: { a: 1 } },
  ],
  [
    'getInsightDetails',
    (w, ok, no) => w.getInsightDetails({ insightId: 'i', more: 1 }, ok, no),
    { type: 'getInsightDetails', insightId: 'i', more: 1 },
  ],
  [
    'getInsightStory',
    (w, ok, no) => w.getInsightStory({ id: '1', insightId: 'i' }, ok, no),
    { type: 'getInsightStory', id: '1', insightId: 'i', servletName: '/story/' },
  ],
  ...(['getInsightStoryData', 'getInsightStoryDefinition', 'getInsightStoryTexts'] as const).map(
    (name) =>
      [
        `${name}, without the ids`,
        (w, ok, no) => w[name]({ id: '1', insightId: 'i' }, ok, no),
        { type: name },
      ] as [string, Call, object],
  ),
  [
    'getInsightRating',
    (w, ok, no) => w.getInsightRating({ id: '1', more: 1 }, ok, no),
    { type: 'getInsightRating', id: '1' },
  ],
  [
    'updateInsightRating',
    (w, ok, no) => w.updateInsightRating({ id: '1', rating: 4, more: 1 }, ok, no),
    { type: 'updateInsightRating', id: '1', rating: 4 },
  ],
  [
    'updateInsightFeedback',
    (w, ok, no) => w.updateInsightFeedback({ id: '1', feedback: 'fine' }, ok, no),
    { type: 'updateInsightFeedback', id: '1', feedback: 'fine' },
  ],
  [
    'updateUserDataAssets',
    (w, ok, no) => w.updateUserDataAssets([1], ok, no),
    { type: 'updateUserDataAssets', eventList: [1] },
  ],
  [
    'getQueryData',
    (w, ok, no) => w.getQueryData({ queryName: 'q', queryParams: {} }, ok, no),
    { type: 'getStoryQueryData', queryName: 'q', queryParams: {}, servletName: '/story/' },
  ],
  ['getBudgetsCategories', (w, ok, no) => w.getBudgetsCategories(ok, no), { type: 'getBudgetsCategories' }],
  [
    'setBudgetSettings',
    (w, ok, no) => w.setBudgetSettings([1], ok, no),
    { type: 'setBudgetSettings', settings: [1] },
  ],
];

describe('a command', () => {
  it.each(commands)('is sent to PServer, with the common fields: %s', (_name, call, fields) => {
    const { widget, argsOf, calls } = initialized({ lang: 'en', mode: 'm' });
    const [ok, fail] = [vi.fn(), vi.fn()];
    call(widget, ok, fail);
    const [[, body, id] = []] = argsOf('sendRequestToPServer');

    const ctxId = 'type' in fields && fields.type === 'getInsights' ? 'sampleTopRelevant' : 'dashboard';
    expect(body).toEqual({ clientVersion: '21.5', protocolVersion: '2.6', lang: 'en', ...fields, ctxId });
    widget.handlePServerResponse({ ok: true }, id as string);
    widget.handlePServerResponse({ ok: false }, id as string);
    expect([ok.mock.calls.length, fail.mock.calls.length]).toEqual([1, 1]);
    expect(calls.some(({ name }) => name === 'sendRequestToEnrichServer')).toBe(false);
  });

  it('is sent to Enrich: getUserSubscriptions', () => {
    const { widget, argsOf } = initialized({ userId: 'user-1' });
    const ok = vi.fn();
    widget.getUserSubscriptions(ok);
    const [[headers, body, id] = []] = argsOf('sendRequestToEnrichServer');
    expect(headers).toMatchObject({ authToken: 'user-1' });
    expect(body).toMatchObject({ type: 'getUserSubscriptions', accountId: 'user-1', ctxId: 'dashboard' });
    widget.handlePServerResponse({ ok: true }, id as string);
    expect(ok).toHaveBeenCalledTimes(1);
  });

  it('has bankInfo as its first argument: getInsights(ok, fail) never calls ok', () => {
    const { widget, reply } = initialized();
    const [ok, fail] = [vi.fn(), vi.fn()];
    widget.getInsights(ok, fail);
    reply('getInsights', { ok: true });
    expect([ok.mock.calls.length, fail.mock.calls.length]).toEqual([0, 1]);
  });

  it.each<[string, (widget: ShippedTestWidget) => void, string]>([
    ['getInsightDetails', (w) => w.getInsightDetails({}), 'insightId'],
    ['getInsightStory', (w) => w.getInsightStory({ id: '1' }), 'insightId'],
    ['getInsightStoryData', (w) => w.getInsightStoryData({ insightId: '1' }), 'id'],
    ['getInsightStoryDefinition', (w) => w.getInsightStoryDefinition({ id: '1' }), 'insightId'],
    ['getInsightStoryTexts', (w) => w.getInsightStoryTexts({ id: '1' }), 'insightId'],
    ['getInsightRating', (w) => w.getInsightRating({}), 'id'],
    ['updateInsightRating', (w) => w.updateInsightRating({ id: '1' }), 'rating'],
    ['updateInsightFeedback', (w) => w.updateInsightFeedback({ feedback: 'x' }), 'id'],
    ['getQueryData', (w) => w.getQueryData({ queryName: 'q' }), 'queryParams'],
  ])('throws a string without its required fields: %s', (name, call, missing) => {
    const { widget, calls } = initialized();
    expect(thrownBy(() => call(widget))).toMatch(new RegExp(`^${name}: usage .* ${missing} is missing$`));
    expect(calls).toEqual([]);
  });

  it('throws a string if a required field is inherited', () => {
    const { widget } = initialized();
    expect(thrownBy(() => widget.getInsightDetails(Object.create({ insightId: 'i' })))).toBeTypeOf('string');
  });

  it('writes its type into the given object', () => {
    const { widget } = initialized();
    const command = { insightId: 'i' };
    widget.getInsightDetails(command);
    expect(command).toMatchObject({ type: 'getInsightDetails' });
    const rating = { id: '1', rating: 3 };
    widget.updateInsightRating(rating);
    expect(rating).toMatchObject({ type: 'updateInsightRating' });
  });

  it('for ratings and comments reports after it was sent', () => {
    const { widget, calls } = initialized();
    widget.updateInsightRating({ id: '1', rating: 4 });
    widget.updateInsightFeedback({ id: '1', feedback: 'fine' });
    expect(calls.map(({ name, args }) => [name, (args[1] as { eventId?: string }).eventId])).toEqual([
      ['sendRequestToPServer', undefined],
      ['widgetEvent', 'rating'],
      ['sendRequestToPServer', undefined],
      ['widgetEvent', 'feedback'],
    ]);
  });
});

describe('callPersoneticsAPI', () => {
  it('B12 is the widget’s own function: it only sends the given fields, the type and ctxId', () => {
    const { widget, argsOf, reply } = initialized({ lang: 'en', deviceType: 'web' });
    const [ok, fail] = [vi.fn(), vi.fn()];
    const body = { a: 1 };
    widget.callPersoneticsAPI('setReminder', body, ok, fail);
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toEqual({ a: 1, type: 'setReminder', ctxId: 'dashboard' });
    expect(body).toEqual({ a: 1 });
    reply('setReminder', { ok: true });
    reply('setReminder', {});
    expect([ok.mock.calls.length, fail.mock.calls.length]).toEqual([1, 1]);
  });

  it('replaces fields with those of the configuration, at any depth', () => {
    const { widget, argsOf } = initialized({ userId: 'user-1', lang: 'en' });
    widget.callPersoneticsAPI('x', {
      userId: 'mine',
      deep: { lang: 'pl', other: 1 },
      list: [{ lang: 'pl' }],
    });
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toEqual({
      userId: 'user-1',
      deep: { lang: 'en', other: 1 },
      list: [{ lang: 'pl' }],
      type: 'x',
      ctxId: 'dashboard',
    });
  });

  it('adds no fields for null, and needs no callbacks', () => {
    const { widget, argsOf, reply } = initialized();
    widget.callPersoneticsAPI('x', null);
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toEqual({ type: 'x', ctxId: 'dashboard' });
    reply('x', { ok: true });
    expect(argsOf('sessionError')).toEqual([]);
  });

  it('sends getUserSubscriptions to Enrich', () => {
    const { widget, argsOf } = initialized();
    widget.callPersoneticsAPI('getUserSubscriptions', {});
    expect(argsOf('sendRequestToEnrichServer')).toHaveLength(1);
    expect(argsOf('sendRequestToPServer')).toEqual([]);
  });

  it('throws a string without a name or a body', () => {
    const { widget } = initialized();
    expect(thrownBy(() => widget.callPersoneticsAPI('', {}))).toMatch(/^callPersoneticsAPI: usage/);
    expect(thrownBy(() => widget.callPersoneticsAPI('x', undefined as never))).toMatch(
      /^callPersoneticsAPI: usage/,
    );
  });
});

describe('generateInsights and getInsightMessages', () => {
  it('generateInsights throws without the option ctxId', () => {
    const { widget, calls } = initialized();
    expect(() => widget.generateInsights({}, vi.fn(), vi.fn())).toThrow(TypeError);
    expect(calls).toEqual([]);
  });

  it('generateInsights sends no type', () => {
    const { widget, argsOf } = initialized({ ctxId: 'home' });
    widget.generateInsights({ bank: 1 });
    const [[, body, id] = []] = argsOf('sendRequestToPServer');
    expect(body).toMatchObject({ bankInfo: { bank: 1 }, ctxId: 'home' });
    expect(body).not.toHaveProperty('type');
    expect(id).toBe(btoa(`reqPersoneticsundefined${Date.now()}`));
  });

  it('getInsightMessages requests messageHistory', () => {
    const { widget, argsOf } = initialized();
    widget.getInsightMessages({ id: 'i1' });
    expect(argsOf('sendRequestToPServer')).toMatchObject([[{}, { type: 'messageHistory', id: 'i1' }, {}]]);
  });

  it.each<[string, (widget: ShippedTestWidget, ok: () => void, fail: () => void) => void]>([
    ['generateInsights', (widget, ok, fail) => widget.generateInsights({}, ok, fail)],
    ['getInsightMessages', (widget, ok, fail) => widget.getInsightMessages({}, ok, fail)],
  ])('%s: a success throws, and a failure calls the success callback', (_name, call) => {
    const { widget, argsOf } = initialized({ ctxId: 'home' });
    const [ok, fail] = [vi.fn(), vi.fn()];
    call(widget, ok, fail);
    const id = argsOf('sendRequestToPServer')[0]?.[2] as string;
    expect(() => widget.handleServerResponse({ ok: true }, id)).toThrow(TypeError);
    expect(ok).not.toHaveBeenCalled();
    widget.handleServerResponse({ ok: false }, id);
    expect([ok.mock.calls, fail.mock.calls]).toEqual([[[{ ok: false }]], []]);
  });
});

describe('the state of the widget', () => {
  it('has the project’s configuration, merged from the reply to initPersonetics and setProjectConfiguration', () => {
    const { widget, reply } = initialized({ callInitPersonetics: true });
    reply('initPersonetics', { ok: true, projectConfiguration: { reporting: true, colours: { a: 1 } } });
    widget.setProjectConfiguration({ colours: { b: 2 } });
    expect(widget.getProjectConfigValue('colours')).toEqual({ a: 1, b: 2 });
    expect(widget.getProjectConfigValue('none')).toBeUndefined();
  });

  it('stops the reports with reporting: false there', () => {
    const { widget, argsOf } = initialized();
    widget.setProjectConfiguration({ reporting: false });
    widget.notifyReportEvent({ type: 'x', value: '1' }, true);
    expect(argsOf('widgetEvent')).toEqual([]);
  });

  it('has an event buffer, a skin controller and an interval after initialize', () => {
    const { widget } = initialized();
    expect(widget).toMatchObject({ eventBuffer: expect.any(Object), intervalId: expect.anything() });
    expect(widget.getSkinController()).toBe(widget.skinController);
    expect(widget.skinController).toEqual({});
    const early = createTestWidget({ build: '21.5' });
    expect([early.eventBuffer, early.getSkinController(), early.intervalId]).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('sends no more events after intervalId is cleared', () => {
    const { widget, argsOf } = initialized();
    clearInterval(widget.intervalId as ReturnType<typeof setInterval>);
    widget.notifyReportEvent({ type: 'x', value: '1' });
    vi.advanceTimersByTime(10_000);
    expect(argsOf('sendRequestToPServer')).toEqual([]);
  });

  it('has types of addresses, and an empty mapping', () => {
    const { widget } = initialized();
    expect([widget.getUrlWidgetType('engage'), widget.getUrlWidgetType('enrichment')]).toEqual([
      'engage',
      'enrichment',
    ]);
    expect(widget.getUrlWidgetType('other')).toBeUndefined();
    expect(widget.getStoryVariableMapping()).toEqual({});
  });
});

it('B12 all functions are own, writable, and called by name', () => {
  const { widget, argsOf } = initialized({}, spyDelegate());
  const names = [
    'initialize startWidget initPersonetics getInsights getInboxInsights getInsightDetails getInsightStory',
    'getInsightStoryData getInsightStoryDefinition getInsightStoryTexts getInsightRating updateInsightRating',
    'updateInsightFeedback updateUserDataAssets getQueryData getBudgetsCategories setBudgetSettings',
    'getUserSubscriptions callPersoneticsAPI notifyEvent notifyReportEvent handlePServerResponse',
    'handleServerResponse sendWidgetEvent getJSBridge getConfig getDeviceType generateInsights',
    'getInsightMessages getSkinController getUrlWidgetType getProjectConfigValue setProjectConfiguration',
    'getStoryVariableMapping',
  ].flatMap((line) => line.split(' '));
  const fields = [
    'config isInitialized eventsDelegate pserverProxy pserverProxyClassName urls urlWidgetTypes eventBuffer',
    'skinController intervalId',
  ].flatMap((line) => line.split(' '));
  for (const name of [...names, ...fields]) {
    expect(Object.getOwnPropertyDescriptor(widget, name), name).toMatchObject({
      writable: true,
      configurable: true,
    });
  }
  expect(
    names.filter((name) => typeof (widget as unknown as Record<string, unknown>)[name] !== 'function'),
  ).toEqual([]);

  const instead = vi.fn();
  widget.getInboxInsights = instead;
  widget.startWidget({});
  expect(instead).toHaveBeenCalledTimes(1);
  expect(argsOf('sendRequestToPServer')).toEqual([]);
});

function thrownBy(call: () => void): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
