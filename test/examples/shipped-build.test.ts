import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDelegate, createWidget, NOW, started } from './shipped-page.ts';

beforeEach(() => vi.useFakeTimers({ now: NOW }));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ok = vi.fn();
const fail = vi.fn();
afterEach(() => void vi.clearAllMocks());

describe('B13 the delegate', () => {
  it('is pDelegate, cloned where it is a plain object', () => {
    const { widget, delegate, calls } = started();
    expect(widget.getJSBridge()).not.toBe(delegate);
    widget.getBudgetsCategories(ok, fail);
    expect(calls[0]?.self).toBe(widget.getJSBridge());
  });

  it('is what EventDelegate makes, where there is no pDelegate, and not eventsDelegate', () => {
    const { widget } = createWidget();
    const { delegate } = createDelegate();
    expect(() => widget.initialize({ eventsDelegate: delegate })).toThrow(ReferenceError);
    class EventDelegate {}
    vi.stubGlobal('EventDelegate', EventDelegate);
    widget.initialize({ eventsDelegate: delegate });
    expect(widget.getJSBridge()).toBeInstanceOf(EventDelegate);
  });

  it('stays that of the first time, and the second time needs a callback', () => {
    const { widget } = started();
    const first = widget.getJSBridge();
    const onReady = vi.fn();
    expect(() => widget.initialize({})).toThrow(TypeError);
    widget.initialize({ pDelegate: createDelegate().delegate, base64EncodeResponse: true }, onReady);
    expect(onReady).toHaveBeenCalledOnce();
    expect(widget.getJSBridge()).toBe(first);
    expect(widget.pserverProxy?.isBase64).toBe(false);
  });

  it('is looked up at each call, and asked by functions of its own alone', () => {
    const { widget, names } = started();
    widget.eventsDelegate = Object.create(createDelegate().delegate);
    widget.getBudgetsCategories(ok, fail); // hangs: nothing is sent, nobody is told
    expect(names()).toEqual([]);
    const later = createDelegate();
    Object.assign(widget.getJSBridge() as object, later.delegate);
    widget.getBudgetsCategories(ok, fail);
    expect(later.names()).toEqual(['sendRequestToPServer']);
  });
});

describe('B13 startWidget', () => {
  it('starts the view at once, with Base64 off, and makes a delegate more than it uses', () => {
    const { widget, started: views } = createWidget();
    const made = vi.fn();
    vi.stubGlobal('EventDelegate', made);
    const given = { widgetType: 'teaser-widget-carousel' };
    widget.startWidget(given);
    expect(made).toHaveBeenCalledTimes(2);
    expect(views[0]?.config).toMatchObject(given);
    expect(widget.pserverProxy?.isBase64).toBe(false);
    expect(given).toHaveProperty('filter', false);
    expect(() => widget.startWidget(null as never)).toThrow('startWidget needs a configuration.');
  });

  it('leaves Base64 on where initialize came first, by its default', () => {
    const { delegate } = createDelegate();
    const { widget } = createWidget();
    widget.initialize({ pDelegate: delegate });
    widget.startWidget({ el: undefined });
    expect(widget.pserverProxy?.isBase64).toBe(true);
  });
});

describe('B3 a request', () => {
  it('has headers, a body and an id of its type and the millisecond', () => {
    const { widget, calls } = started({ userId: 'u-1', lang: 'en', deviceType: 'web' });
    widget.getInsights(undefined, ok, fail);
    expect(calls[0]?.args).toEqual([
      { 'Content-Type': 'application/json; charset=UTF-8', authToken: 'u-1' },
      {
        clientVersion: '21.5',
        protocolVersion: '2.6',
        lang: 'en',
        deviceType: 'web',
        bankInfo: undefined,
        type: 'getInsights',
        ctxId: 'sampleTopRelevant',
      },
      btoa(`reqPersoneticsgetInsights${NOW}`),
    ]);
  });

  it.each([
    ['getInboxInsights', [undefined], {}],
    ['getInsightDetails', [{ insightId: 'i' }], { insightId: 'i' }],
    ['getInsightRating', [{ id: 'i', more: 1 }], { id: 'i' }],
    ['updateInsightRating', [{ id: 'i', rating: 3 }], { id: 'i', rating: 3 }],
    ['updateInsightFeedback', [{ id: 'i', feedback: 'x' }], { id: 'i', feedback: 'x' }],
    ['getBudgetsCategories', [], {}],
    ['setBudgetSettings', [[{ budgetKey: 'home' }]], { settings: [{ budgetKey: 'home' }] }],
  ] as const)('goes to PServer by %s', (name, given, fields) => {
    const { widget, calls } = started();
    (widget[name] as (...args: unknown[]) => void)(...structuredClone(given), ok, fail);
    expect(calls[0]?.name).toBe('sendRequestToPServer');
    expect(calls[0]?.args[1]).toMatchObject({ ...fields, type: name, ctxId: 'dashboard' });
  });

  it('for subscriptions goes to Enrich, also by callPersoneticsAPI', () => {
    const { widget, calls } = started({ userId: 'u-1' });
    widget.getUserSubscriptions(ok, fail);
    widget.callPersoneticsAPI('getUserSubscriptions', null, ok, fail);
    expect(calls.map(({ name }) => name)).toEqual(['sendRequestToEnrichServer', 'sendRequestToEnrichServer']);
    expect(calls[0]?.args[1]).toMatchObject({ accountId: 'u-1' });
  });

  it('by callPersoneticsAPI has the given fields alone, in which what the page was told wins', () => {
    const { widget, calls } = started({ userId: 'u-1', lang: 'en' });
    widget.callPersoneticsAPI('getInsights', { userId: 'other', x: 1 }, ok, fail);
    expect(calls[0]?.args[1]).toEqual({
      userId: 'u-1',
      x: 1,
      type: 'getInsights',
      ctxId: 'sampleTopRelevant',
    });
  });

  it('B4 for what the page shall do is none: a navigation, and an event whose object changes afterwards', () => {
    const { widget, started: views, calls, delegate } = started();
    widget.startWidget({ userId: 'u-1', lang: 'en', pDelegate: delegate });
    const params = { eventType: 'teaserClick', insightId: 'i' };
    views[0]?.client.tell(params);
    views[0]?.client.navigate('accounts');
    expect(calls.map(({ name, args }) => [name, ...args])).toEqual([
      ['widgetEvent', { name: 'stand-in' }, { userId: 'u-1', lang: 'en', ...params }, undefined],
      ['navigateToPage', { requestString: 'navigateToPage', data: { navigateTarget: 'accounts' } }],
    ]);
    const kept: Record<string, unknown> = { eventType: 'reporting' };
    widget.sendWidgetEvent(null, kept);
    expect(kept).toEqual({});
  });

  it('for events goes every two seconds, if there are some', () => {
    const { widget, calls } = started();
    vi.advanceTimersByTime(4_000);
    expect(calls).toEqual([]);
    widget.notifyEvent({ eventMessage: { eventInfo: { type: 'Navigation' } } });
    vi.advanceTimersByTime(4_000);
    expect(calls.map(({ args }) => args[1])).toMatchObject([
      { type: 'sendEvents', eventsInfoList: [{ type: 'Navigation' }] },
    ]);
  });
});
