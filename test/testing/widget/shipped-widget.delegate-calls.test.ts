import { describe, expect, it, vi } from 'vitest';
import { createTestWidget } from '../../../src/testing/index.ts';
import { initialized, spyDelegate, started, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

describe('a sender', () => {
  it('B13 is looked up at each call: a replacement on getJSBridge() is called at once', () => {
    const { widget, argsOf } = initialized();
    const later = vi.fn();
    Object.assign(widget.getJSBridge() ?? {}, { sendRequestToPServer: later });
    widget.getBudgetsCategories();
    expect([later.mock.calls.length, argsOf('sendRequestToPServer').length]).toEqual([1, 0]);
  });

  it('B13 is that of the new delegate after eventsDelegate was replaced', () => {
    const { widget, calls } = initialized();
    const other = spyDelegate();
    widget.eventsDelegate = other.delegate;
    widget.getBudgetsCategories();
    expect([calls.length, other.calls.length]).toEqual([0, 1]);
    expect(other.calls[0]?.self).toBe(other.delegate);
  });

  it('B13 is checked to be an own property, read, and read again for the call', () => {
    const looks: string[] = [];
    class Delegate {}
    const target = Object.assign(new Delegate(), { sendRequestToPServer: () => {} });
    const pDelegate = new Proxy(target, {
      getOwnPropertyDescriptor(on, name) {
        if (typeof name === 'string') looks.push(`own ${name}`);
        return Reflect.getOwnPropertyDescriptor(on, name);
      },
      get(on, name) {
        if (typeof name === 'string') looks.push(`get ${name}`);
        return Reflect.get(on, name);
      },
    });
    const { widget } = initialized({ pDelegate });
    widget.getBudgetsCategories();
    expect(looks).toEqual([
      'own sendRequestToPServer',
      'get sendRequestToPServer',
      'get sendRequestToPServer',
    ]);
  });

  it('B13 on a prototype is not called: nothing is sent or registered, no callback runs, nothing is thrown', () => {
    class Delegate {
      sent = 0;
      sendRequestToPServer(): void {
        this.sent += 1;
      }
    }
    const pDelegate = new Delegate();
    const { widget } = initialized({ pDelegate });
    const ok = vi.fn();
    const fail = vi.fn();
    widget.getBudgetsCategories(ok, fail);
    widget.handlePServerResponse({ ok: true }, btoa(`reqPersoneticsgetBudgetsCategories${Date.now()}`));

    expect([pDelegate.sent, ok.mock.calls, fail.mock.calls]).toEqual([0, [], []]);
    expect(() => widget.assertExactlyOnce()).toThrow('has no function sendRequestToPServer of its own');
  });

  it('B13 that is not a function is not called, and nothing is thrown', () => {
    const { widget } = initialized({ pDelegate: { sendRequestToPServer: 'x' } });
    expect(() => widget.getBudgetsCategories()).not.toThrow();
  });

  it('B3 passes its error to the caller, and the request stays registered', () => {
    const down = (): never => {
      throw new Error('down');
    };
    const spy = spyDelegate({ sendRequestToPServer: down });
    const widget = createTestWidget({ build: '21.5' });
    expect(() => widget.startWidget({ pDelegate: spy.delegate })).toThrow('down');
    expect(widget.views[0]?.state).toBe('loading');
    const id = btoa(`reqPersoneticsgetInboxInsights${Date.now()}`);
    widget.handlePServerResponse({ ok: true, insights: [{ id: 1, text: 'One' }] }, id);
    expect(widget.views[0]?.state).toBe('shown');
    expect(() => widget.assertExactlyOnce()).toThrow('sendRequestToPServer threw Error: down');
  });
});

describe('sessionError', () => {
  it('gets each failed reply before the failure callback: the same object', () => {
    const { widget, reply } = initialized();
    const order: unknown[] = [];
    Object.assign(widget.getJSBridge() ?? {}, {
      sessionError: (reply: unknown) => order.push(['sessionError', reply]),
    });
    const failed = { ok: false, status: '404' };
    widget.getBudgetsCategories(undefined, (given) => order.push(['failed', given]));
    reply('getBudgetsCategories', failed);

    expect(order).toEqual([
      ['sessionError', failed],
      ['failed', failed],
    ]);
    expect((order[0] as unknown[])[1]).toBe((order[1] as unknown[])[1]);
  });

  it('is called on the delegate, and not for a success', () => {
    const { widget, reply, calls } = initialized();
    widget.getBudgetsCategories(() => {});
    reply('getBudgetsCategories', { ok: true });
    expect(calls.map(({ name }) => name)).toEqual(['sendRequestToPServer']);
    reply('getBudgetsCategories', { ok: false });
    expect(calls[1]).toMatchObject({ name: 'sessionError', args: [{ ok: false }] });
    expect(calls[1]?.self).toBe(widget.getJSBridge());
  });

  it('B13 on a prototype is skipped', () => {
    const calls = vi.fn();
    class Delegate {
      sendRequestToPServer = (): void => {};
      sessionError(): void {
        calls();
      }
    }
    const { widget } = initialized({ pDelegate: new Delegate() });
    const fail = vi.fn();
    widget.getBudgetsCategories(undefined, fail);
    widget.handlePServerResponse({}, btoa(`reqPersoneticsgetBudgetsCategories${Date.now()}`));
    expect([calls.mock.calls.length, fail.mock.calls.length]).toEqual([0, 1]);
  });

  it('passes its error to the caller of the reply function; the failure callback is not called, and the view loads forever', () => {
    const spy = spyDelegate({
      sessionError() {
        throw new Error('signed out');
      },
    });
    const { widget, reply } = started({}, spy);
    expect(() => reply('getInboxInsights', { ok: false })).toThrow('signed out');
    expect(widget.views[0]?.state).toBe('loading');
    expect(() => widget.assertExactlyOnce()).toThrow('did not reach its callback: Error: signed out');
  });
});

describe('widgetEvent, navigateToPage and sessionEnded', () => {
  it('B14 work from a prototype, with the delegate as this', () => {
    const calls: unknown[] = [];
    class Delegate {
      sendRequestToPServer = (): void => {};
      widgetEvent(_from: unknown, { eventType }: { eventType: string }): void {
        calls.push([this, eventType]);
      }
      sessionEnded(): void {
        calls.push([this, 'sessionEnded']);
      }
    }
    const pDelegate = new Delegate();
    const widget = createTestWidget({ build: '21.5' });
    widget.startWidget({ pDelegate });
    const [view] = widget.views;
    if (view) widget.user.closeInbox(view);
    expect(calls).toEqual([
      [pDelegate, 'reporting'],
      [pDelegate, 'sessionEnded'],
    ]);
  });

  it('B14 widgetEvent is called without a check that it exists', () => {
    const { delegate } = spyDelegate();
    delete delegate['widgetEvent'];
    const { widget } = initialized({ pDelegate: delegate });
    expect(() => widget.sendWidgetEvent(null, {})).toThrow(TypeError);
    expect(() => widget.updateInsightRating({ id: '1', rating: 3 })).toThrow(TypeError);
  });

  it('B14 a delegate without widgetEvent: the reply function throws, after the list was drawn', () => {
    const { delegate, argsOf } = spyDelegate();
    delete delegate['widgetEvent'];
    const widget = createTestWidget({ build: '21.5' });
    widget.startWidget({ pDelegate: delegate });
    const id = argsOf('sendRequestToPServer')[0]?.[2] as string;
    expect(() => widget.handlePServerResponse({ ok: true, insights: [{ id: 1, text: 'One' }] }, id)).toThrow(
      TypeError,
    );
    expect(widget.views[0]).toMatchObject({ state: 'shown', items: [{ id: 1, text: 'One' }] });
  });

  it('B14 an error of widgetEvent comes out of the reply function, or the click; the drawn items stay', () => {
    const spy = spyDelegate({
      widgetEvent() {
        throw new Error('no page');
      },
    });
    const { widget, reply } = started({}, spy);
    const insights = [{ id: 1, text: 'One' }];
    expect(() => reply('getInboxInsights', { ok: true, insights })).toThrow('no page');
    const [view] = widget.views;
    expect(view?.items).toEqual(insights);
    expect(() => view && widget.user.clickTeaser(view)).toThrow('no page');
  });

  it('B14 an error of sessionEnded comes out of the click', () => {
    const spy = spyDelegate({
      sessionEnded() {
        throw new Error('no page');
      },
    });
    const { widget } = started({ widgetType: 'manage-budgets' }, spy);
    const [view] = widget.views;
    expect(() => view && widget.user.closeBudgets(view)).toThrow('no page');
  });

  it('sendWidgetEvent passes three arguments', () => {
    const { widget, argsOf } = initialized();
    widget.sendWidgetEvent('from', { a: 1 });
    widget.sendWidgetEvent(null, { a: 2 }, 'more');
    expect(argsOf('widgetEvent')).toEqual([
      ['from', { a: 1 }, undefined],
      [null, { a: 2 }, 'more'],
    ]);
  });
});

it('B4 the delegate’s other functions are never called by the widget', () => {
  const { widget, reply, calls } = started({ widgetType: 'inbox-story-widget' });
  reply('getInboxInsights', { ok: true, insights: [{ id: 1, text: 'One' }] });
  reply('getInsightDetails', { ok: false });
  vi.advanceTimersByTime(60_000);
  const [view] = widget.views;
  if (view) widget.user.closeInbox(view);
  expect([...new Set(calls.map(({ name }) => name))].sort()).toEqual([
    'sendRequestToPServer',
    'sessionEnded',
    'sessionError',
    'widgetEvent',
  ]);
});

it.each(['web', 'ios', 'android', 'RN', 'RJS', 'Angular', 'flutter', undefined])(
  'B3 makes the same calls for every deviceType: %s',
  (deviceType) => {
    const { calls, argsOf } = started({ userId: 'u', ...(deviceType ? { deviceType } : {}) });
    expect(calls.map(({ name, args }) => [name, args.length])).toEqual([['sendRequestToPServer', 3]]);
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toEqual({
      clientVersion: '21.5',
      protocolVersion: '2.6',
      ...(deviceType ? { deviceType } : {}),
      bankInfo: undefined,
      type: 'getInboxInsights',
      ctxId: 'dashboard',
    });
  },
);
