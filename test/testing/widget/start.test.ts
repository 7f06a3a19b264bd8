import { describe, expect, it, vi } from 'vitest';
import { createTestWidget } from '../../../src/testing/index.ts';
import { initialized, spyDelegate, started, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

const create = () => createTestWidget({ build: '21.5' });

describe('startWidget', () => {
  it('B13 uses pDelegate, and sends a request before it returns', () => {
    const { argsOf, widget } = started({ widgetType: 'teaser-widget' });
    expect(argsOf('sendRequestToPServer')).toMatchObject([
      [{}, { type: 'getInboxInsights' }, expect.any(String)],
    ]);
    expect(widget.views).toMatchObject([
      { widgetType: 'teaser-widget', el: 'body', state: 'loading', items: [] },
    ]);
  });

  it('B13 creates EventDelegate twice at the first start, and once at each later one', () => {
    const made: object[] = [];
    function EventDelegate(this: object): void {
      made.push(Object.assign(this, spyDelegate().delegate));
    }
    vi.stubGlobal('EventDelegate', EventDelegate);
    const widget = create();
    widget.startWidget({});
    expect(made).toHaveLength(2);
    const bridge = widget.getJSBridge();
    expect(bridge).toBe(made[1]);
    widget.startWidget({});
    expect(made).toHaveLength(3);
    expect(widget.getJSBridge()).toBe(bridge);
  });

  it('B13 throws a ReferenceError without a delegate', () => {
    expect(() => create().startWidget({ eventsDelegate: spyDelegate().delegate })).toThrow(ReferenceError);
  });

  it('changes the given object', () => {
    const given: Record<string, unknown> = { pDelegate: spyDelegate().delegate, el: '#w', theme: '{"a":1}' };
    create().startWidget(given);
    expect(given).toMatchObject({ filter: true, theme: { a: 1 }, el: { 0: '#w', length: 1 } });
  });

  it.each([
    ['teaser-widget-carousel', null, false],
    ['teaser-widget', null, true],
    ['teaser-widget', false, false],
  ])('sets the filter of %s, given as %j, to %j', (widgetType, filter, expected) => {
    const given = { pDelegate: spyDelegate().delegate, widgetType, filter };
    create().startWidget(given);
    expect(given.filter).toBe(expected);
  });

  it('throws for a frozen object, and without an object', () => {
    expect(() => create().startWidget(Object.freeze({ pDelegate: {} }))).toThrow(TypeError);
    expect(() => create().startWidget(null)).toThrow('startWidget: no configuration');
    expect(() => create().startWidget(undefined)).toThrow(Error);
  });

  it.each(['subscription-dashboard', 'hub'])('throws a string for the type %s', (widgetType) => {
    let thrown: unknown;
    try {
      started({ widgetType });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBe(`startWidget: no widget of type ${widgetType}`);
  });

  it('shows the inbox without a type', () => {
    expect(started({}).widget.views[0]?.widgetType).toBe('teaser-widget');
  });

  it('B11 expects objects', () => {
    const { widget, reply } = started({});
    reply('getInboxInsights', { ok: true, insights: [{ id: 'i1', text: 'One' }] });
    expect(widget.views[0]).toMatchObject({ state: 'shown', items: [{ id: 'i1', text: 'One' }] });
  });

  it('B11 still expects Base64 after a separate initialize', () => {
    const spy = spyDelegate();
    const { widget, idOf } = initialized({ base64EncodeResponse: true }, spy);
    widget.startWidget({});
    expect(() => widget.handlePServerResponse({ ok: true, insights: [] }, idOf('getInboxInsights'))).toThrow(
      new TypeError('this._input.charAt is not a function'),
    );
    expect(widget.views[0]?.state).toBe('loading');
  });

  it.each([{ ok: true }, { ok: false }])(
    'starts the view after initPersonetics was answered with %j',
    (reply) => {
      const { widget, argsOf, reply: answer } = started({ callInitPersonetics: true });
      expect(widget.views).toEqual([]);
      answer('initPersonetics', reply);
      expect(argsOf('sendRequestToPServer').map(([, body]) => (body as { type: string }).type)).toEqual([
        'initPersonetics',
        'getInboxInsights',
      ]);
    },
  );
});

describe('several views', () => {
  it('share the delegate and the headers of the first, and have the configuration of the second', () => {
    const { widget, argsOf } = started({ userId: 'user-1', lang: 'en', deviceType: 'web', el: '#a' });
    widget.startWidget({ userId: 'user-2', lang: 'pl', deviceType: 'ios', ctxId: 'x', el: '#b' });
    const [[headers, first] = [], [again, second] = []] = argsOf('sendRequestToPServer');

    expect(headers).toMatchObject({ authToken: 'user-1' });
    expect(again).toEqual(headers);
    expect(second).toMatchObject({ lang: 'en', deviceType: 'web', ctxId: 'dashboard' });
    expect(second).toEqual(first);
    expect([widget.getDeviceType(), widget.config['userId']]).toEqual(['ios', 'user-2']);
  });

  it('of two types fill both, started in one turn', () => {
    const { widget, reply } = started({ el: '#a' });
    widget.startWidget({ widgetType: 'teaser-widget-carousel', el: '#b' });
    reply('getInboxInsights', { ok: true, insights: [{ id: 1, text: 'Inbox' }] });
    reply('getInsights', { ok: true, insights: [{ id: 2, text: 'Carousel' }] });

    expect(widget.views.map(({ items }) => items)).toEqual([
      [{ id: 1, text: 'Inbox' }],
      [{ id: 2, text: 'Carousel' }],
    ]);
  });

  it('B7 of one type in one millisecond share an id: the second gets both replies', () => {
    const { widget, idOf } = started({ el: '#a' });
    const first = idOf('getInboxInsights');
    widget.startWidget({ el: '#b' });
    const second = idOf('getInboxInsights');
    const reply = { ok: true, insights: [{ id: 1, text: 'One' }] };
    widget.handlePServerResponse(reply, first);
    widget.handlePServerResponse(reply, second);

    expect(second).toBe(first);
    expect(widget.views.map(({ state, items }) => [state, items.length])).toEqual([
      ['loading', 0],
      ['shown', 2],
    ]);
  });

  it('in one place: a late reply for the first does nothing', () => {
    const { widget, idOf, calls } = started({ el: '#a' });
    const id = idOf('getInboxInsights');
    vi.advanceTimersByTime(1);
    widget.startWidget({ el: '#a' });
    calls.length = 0;
    widget.handlePServerResponse({ ok: true, insights: [{ id: 1, text: 'One' }] }, id);

    expect(widget.views.map(({ state }) => state)).toEqual(['loading', 'loading']);
    expect(calls).toEqual([]);
  });
});

describe('the intervals', () => {
  it('run until the stand-in is disposed', () => {
    const { widget } = initialized();
    expect(vi.getTimerCount()).toBe(2);
    vi.advanceTimersByTime(86_400_000);
    expect(vi.getTimerCount()).toBe(2);
    widget.dispose();
    widget.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not started again by a second view', () => {
    const { widget } = started({});
    widget.startWidget({});
    expect(vi.getTimerCount()).toBe(2);
  });
});
