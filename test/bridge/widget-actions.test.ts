import { afterEach, describe, expect, it, vi } from 'vitest';
import { type WidgetActionsOptions, widgetActions } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { turn } from './fixtures/turn.ts';

const { reported, setUp } = bridgeTests();

function actions(options: Partial<WidgetActionsOptions> = {}) {
  const parts = setUp();
  const widget = { startWidget: vi.fn(), callPersoneticsAPI: vi.fn() };
  const stop = widgetActions(parts.bridge, { widget, element: '#insights', ...options });
  return { ...parts, widget, stop };
}

const TEASER = {
  eventType: 'teaserClick',
  insightId: 'i1',
  instanceId: 'type1',
  userId: 'u1',
  lang: 'en',
  teaserId: 't1',
  payload: undefined,
  value: '1',
  clickedTeaser: new (class Collection {})(),
};

function action(data: object, more: object = {}): object {
  return { requestString: 'navigateToPage', data, ...more };
}

describe('B14 widgetActions does what the sample delegate does', () => {
  it('B14 a teaser’s click opens its story, where the page says', () => {
    const { delegate, widget } = actions({ config: { deviceType: 'web', lang: 'de' } });
    delegate.widgetEvent({}, TEASER);

    expect(widget.startWidget.mock.calls).toEqual([
      [
        {
          deviceType: 'web',
          widgetType: 'story-widget',
          el: '#insights',
          insightId: 'i1',
          instanceId: 'type1',
          userId: 'u1',
          lang: 'en',
          teaserId: 't1',
        },
      ],
    ]);
  });

  it('B14 the action openStory opens the story of its payload, once, whatever its eventType', () => {
    const { delegate, widget } = actions();
    const data = { actionType: 'openStory', payload: { insightId: 'i2', instanceId: 'type2' } };
    delegate.widgetEvent({}, action(data));
    delegate.widgetEvent({}, { ...TEASER, data });
    delegate.handleWidgetAction({}, action(data));

    const view = { insightId: 'i2', instanceId: 'type2', widgetType: 'story-widget', el: '#insights' };
    expect(widget.startWidget.mock.calls).toEqual([[view], [view], [view]]);
  });

  it('B14 “view all”, and the end of a view, open the inbox; the end of the inbox is the page’s', () => {
    const closeInbox = vi.fn();
    const { delegate, widget } = actions({ closeInbox });
    delegate.widgetEvent({}, { eventType: 'inboxWidgetStarted' });
    delegate.sessionEnded({});
    delegate.sessionEnded({ ExistInbox: true, widgetType: 'teaser-widget' });

    const view = { widgetType: 'teaser-widget', el: '#insights' };
    expect(widget.startWidget.mock.calls).toEqual([[view], [view]]);
    expect(closeInbox).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['manageBudget', 'manage-budgets'],
    ['subscriptions', 'subscription-dashboard'],
  ])('B14 the target %s opens %s, from a story and from a teaser', (navigateTarget, widgetType) => {
    const { delegate, widget } = actions();
    const data = { navigateTarget, payload: { category: 'food' } };
    delegate.navigateToPage({ requestString: 'navigateToPage', data });
    delegate.widgetEvent({}, action({ ...data, actionType: 'externalNavigation' }, { lang: 'fr' }));

    expect(widget.startWidget.mock.calls).toMatchObject([
      [{ widgetType, el: '#insights', params: { category: 'food' } }],
      [{ widgetType, el: '#insights', params: { category: 'food' }, lang: 'fr' }],
    ]);
  });

  it('B14 any other target is the page’s', () => {
    const navigate = vi.fn();
    const { delegate, widget } = actions({ navigate });
    const params = action({ actionType: 'externalNavigation', navigateTarget: 'accounts' });
    delegate.widgetEvent({}, params);
    delegate.navigateToPage({ data: { navigateTarget: 'cards' } });
    delegate.navigateToPage({ data: {} });
    delegate.navigateToPage();

    expect(navigate.mock.calls).toEqual([
      ['accounts', params],
      ['cards', { data: { navigateTarget: 'cards' } }],
    ]);
    expect(widget.startWidget).not.toHaveBeenCalled();
  });

  it('B14 callPersoneticsAPI runs the widget’s own, with its callbacks, in each form', () => {
    const { bridge, delegate, widget } = actions();
    const [successCallback, failureCallback] = [vi.fn(), vi.fn()];
    const data = { apiName: 'setReminder', apiBody: { on: true }, successCallback, failureCallback };
    delegate.widgetEvent(
      {},
      { requestString: 'callPersoneticsAPI', data: { ...data, actionType: 'callPersoneticsAPI' } },
    );
    delegate.handleWidgetAction({}, { requestString: 'callPersoneticsAPI', data });
    delegate.callPersoneticsAPI(data);
    delegate.callPersoneticsAPI(data.apiName, data.apiBody, successCallback, failureCallback);
    bridge.handlePersoEvent({ requestString: 'callPersoneticsAPI', data });
    delegate.sendRequestToPServer(null, { requestString: 'callPersoneticsAPI', data });

    const call = ['setReminder', { on: true }, successCallback, failureCallback];
    expect(widget.callPersoneticsAPI.mock.calls).toEqual([call, call, call, call, call, call]);
    expect(widget.callPersoneticsAPI.mock.contexts[0]).toBe(widget);
  });

  it('B14 refreshInsights has insights generated and read again, as the page’s own commands', async () => {
    const { delegate, transport, widget } = actions({ config: { lang: 'en' } });
    delegate.widgetEvent({}, { eventType: 'refreshInsights', ctxId: 'sampleNew' }, undefined);
    const common = { protocolVersion: '2.6', lang: 'en', ctxId: 'sampleNew' };
    expect(transport.requests.map(({ body }) => body)).toEqual([{ type: 'generateInsights', ...common }]);
    transport.last.answer({ ok: true });
    await turn();
    expect(transport.last.request.body).toEqual({ type: 'getInsights', ...common });
    transport.last.fail(new Error('down'));
    await turn();

    expect(transport.sent).toHaveLength(2);
    expect(widget.startWidget).not.toHaveBeenCalled();
  });

  it('B14 nothing that was not asked for', () => {
    const navigate = vi.fn();
    const { delegate, widget, transport } = actions({ navigate });
    delegate.widgetEvent(null, { eventType: 'reporting', eventId: 'Presented', eventData: { value: '1' } });
    delegate.widgetEvent(null, { eventType: 'somethingNew' });
    delegate.widgetEvent(null, action({ actionType: 'somethingNew', navigateTarget: 'manageBudget' }));
    delegate.widgetEvent(null, undefined);
    delegate.sessionError({ ok: false });
    delegate.sessionStarted();
    delegate.registered();
    delegate.personeticsEvent({ data: { eventType: 'closeNativeLoader' } });

    expect(widget.startWidget).not.toHaveBeenCalled();
    expect(widget.callPersoneticsAPI).not.toHaveBeenCalled();
    expect(navigate).not.toHaveBeenCalled();
    expect(transport.sent).toEqual([]);
  });

  it('B14 nothing once it was ended', () => {
    const { delegate, widget, stop } = actions();
    stop();
    stop();
    delegate.widgetEvent({}, TEASER);
    delegate.sessionEnded({});

    expect(widget.startWidget).not.toHaveBeenCalled();
  });
});

describe('B14 where a view is opened', () => {
  it('B14 where the widget last showed a view, if the page does not say', () => {
    const { delegate, widget } = actions({
      element: undefined,
      widget: () => ({ ...widget, getConfig: () => ({ el: '#told-last' }) }),
    });
    delegate.widgetEvent({}, TEASER);

    expect(widget.startWidget.mock.calls[0]?.[0]).toMatchObject({ el: '#told-last' });
  });

  it('B14 without one, it is the widget’s to choose', () => {
    const { delegate, widget } = actions({ element: undefined });
    delegate.widgetEvent({}, TEASER);

    expect(widget.startWidget.mock.calls[0]?.[0]).not.toHaveProperty('el');
  });

  it('B14 with what the page has configured, where the widget leaves it undefined', () => {
    const config = { userId: 'u1', lang: 'de', insightId: 'i0' };
    const { delegate, widget } = actions({ config });
    delegate.widgetEvent(
      {},
      { eventType: 'teaserClick', userId: undefined, lang: undefined, insightId: 'i1' },
    );
    delegate.navigateToPage({ data: { navigateTarget: 'manageBudget' } });

    expect(widget.startWidget.mock.calls).toMatchObject([
      [{ userId: 'u1', lang: 'de', insightId: 'i1' }],
      [{ userId: 'u1', lang: 'de', insightId: 'i0' }],
    ]);
  });

  it('B14 each start gets an object of its own: widgets change it', () => {
    const { delegate, widget } = actions({ config: { lang: 'en' } });
    delegate.sessionEnded({});
    delegate.sessionEnded({});
    const [[first] = [], [second] = []] = widget.startWidget.mock.calls;

    expect(first).toEqual(second);
    expect(first).not.toBe(second);
  });
});

describe('B14 links', () => {
  const assign = vi.fn();
  const follow = (navigateTarget: unknown, options?: Partial<WidgetActionsOptions>) => {
    vi.stubGlobal('location', { assign });
    vi.stubGlobal('document', { baseURI: 'https://www.bank.example/home/' });
    const { delegate } = actions(options);
    delegate.widgetEvent({}, action({ actionType: 'externalNavigationUrl', navigateTarget }));
  };

  afterEach(() => {
    assign.mockReset();
  });

  it.each([
    ['https://help.bank.example/a?b=c', 'https://help.bank.example/a?b=c'],
    ['../offers', 'https://www.bank.example/offers'],
    ['tel:+4989123', 'tel:+4989123'],
  ])('B14 %s is followed', (target, address) => {
    follow(target);

    expect(assign.mock.calls).toEqual([[address]]);
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://a/b',
    'mybank://pay',
    'http://',
  ])('B14 S1 %j is not opened, and that is reported', (target) => {
    follow(target);

    expect(assign).not.toHaveBeenCalled();
    expect(reported.splice(0)).toMatchObject([{ code: 'INVALID_CALL' }]);
  });

  it.each([undefined, '', null, {}, 7])('B14 %o is no address, and is reported', (target) => {
    const openUrl = vi.fn();
    follow(target);
    follow(target, { openUrl });

    expect(assign).not.toHaveBeenCalled();
    expect(openUrl).not.toHaveBeenCalled();
    expect(reported.splice(0)).toMatchObject([{ code: 'INVALID_CALL' }, { code: 'INVALID_CALL' }]);
  });

  it('B14 a function of the page’s gets what it is to follow, but nothing that would run as a script', () => {
    const openUrl = vi.fn();
    for (const target of ['mybank://pay', '../offers', 'JavaScript:alert(1)']) follow(target, { openUrl });

    expect(openUrl.mock.calls.map(([address]) => address)).toEqual(['mybank://pay', '../offers']);
    expect(assign).not.toHaveBeenCalled();
    expect(reported.splice(0)).toHaveLength(1);
  });
});

describe('B14 each step can be replaced, or left out', () => {
  const asked = {
    openStory: (delegate) => delegate.widgetEvent({}, TEASER),
    openInbox: (delegate) => delegate.widgetEvent({}, { eventType: 'inboxWidgetStarted' }),
    openBudgets: (delegate) => delegate.navigateToPage({ data: { navigateTarget: 'manageBudget' } }),
    openSubscriptions: (delegate) => delegate.navigateToPage({ data: { navigateTarget: 'subscriptions' } }),
    closeInbox: (delegate) => delegate.sessionEnded({ ExistInbox: true }),
    callApi: (delegate) => delegate.callPersoneticsAPI({ apiName: 'x' }),
    navigate: (delegate) => delegate.navigateToPage({ data: { navigateTarget: 'cards' } }),
    openUrl: (delegate) =>
      delegate.widgetEvent({}, action({ actionType: 'externalNavigationUrl', navigateTarget: 'https://a' })),
    refreshInsights: (delegate) => delegate.widgetEvent({}, { eventType: 'refreshInsights' }),
  } satisfies Record<string, (delegate: ReturnType<typeof setUp>['delegate']) => void>;
  const steps = Object.keys(asked) as (keyof typeof asked)[];

  it.each(steps)('B14 %s', (step) => {
    const own = vi.fn();
    const { delegate, widget, transport } = actions({ [step]: own });
    asked[step](delegate);
    expect(own).toHaveBeenCalledTimes(1);
    const out = actions({ [step]: false });
    asked[step](out.delegate);

    for (const { startWidget, callPersoneticsAPI } of [widget, out.widget]) {
      expect(startWidget).not.toHaveBeenCalled();
      expect(callPersoneticsAPI).not.toHaveBeenCalled();
    }
    expect([...transport.sent, ...out.transport.sent]).toEqual([]);
  });

  it('B14 what a step throws stops nothing, and reaches the page’s error handlers', () => {
    const boom = new Error('the page’s own');
    const { delegate, widget } = actions({
      openStory: () => {
        throw boom;
      },
    });
    delegate.widgetEvent({}, TEASER);
    delegate.sessionEnded({});

    expect(reported.splice(0)).toEqual([boom]);
    expect(widget.startWidget).toHaveBeenCalledTimes(1);
  });

  it.each(steps)('B14 %s that is neither a function nor false is refused', (step) => {
    const { bridge } = setUp();

    expect(() => widgetActions(bridge, { widget: {}, [step]: 'yes' })).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTIONS',
        details: expect.objectContaining({ option: step }),
      }),
    );
  });

  it.each([
    [{ widget: undefined }, 'widget'],
    [{ widget: 'personetics' }, 'widget'],
    [{ widget: {}, config: 'web' }, 'config'],
    [undefined, 'widget'],
  ])('B14 options %o are refused', (options, option) => {
    const { bridge } = setUp();

    expect(() => widgetActions(bridge, options as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ option }) }),
    );
  });
});

describe('B14 a widget that cannot', () => {
  it.each([
    ['is not loaded', () => undefined],
    ['has no such functions', () => ({})],
    [
      'has a getter that throws',
      () => {
        throw new ReferenceError('x');
      },
    ],
  ])('B14 %s: that is reported', (_, widget) => {
    const { delegate } = actions({ widget });
    delegate.widgetEvent({}, TEASER);
    delegate.callPersoneticsAPI({ apiName: 'x' });

    expect(reported.splice(0)).toMatchObject([
      { code: 'NO_CHANNEL', message: 'The widget has no startWidget, or is not loaded' },
      { code: 'NO_CHANNEL' },
    ]);
  });

  it('B14 has the bridge’s own callPersoneticsAPI alone: it is not asked again and again', () => {
    const { bridge } = setUp();
    const widget = {};
    bridge.attach(widget);
    widgetActions(bridge, { widget });
    bridge.delegate.callPersoneticsAPI({ apiName: 'x' });

    expect(reported.splice(0)).toMatchObject([{ code: 'NO_CHANNEL' }]);
  });
});
