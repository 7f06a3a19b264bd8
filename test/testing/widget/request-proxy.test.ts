import { describe, expect, it, vi } from 'vitest';
import { initialized, NOW, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

describe('the headers', () => {
  it('are one object for all requests, which the page may change', () => {
    const headers: Record<string, string>[] = [];
    const pDelegate = { sendRequestToPServer: (given: Record<string, string>) => headers.push(given) };
    const { widget } = initialized({ pDelegate, userId: 'user-1', requestHeaders: { 'X-Trace': '7' } });
    widget.getBudgetsCategories();
    if (headers[0]) headers[0]['changed'] = 'yes';
    widget.getInsights();

    expect(headers[1]).toBe(headers[0]);
    expect(headers[1]).toEqual({
      'Content-Type': 'application/json; charset=UTF-8',
      'X-Trace': '7',
      authToken: 'user-1',
      changed: 'yes',
    });
  });

  it('always have the userId as authToken; and none without a userId', () => {
    const own = { requestHeaders: { authToken: 'mine' }, authToken: 'other', jwt: 'jwt' };
    const first = initialized({ ...own, userId: 'user-1' });
    first.widget.getBudgetsCategories();
    const second = initialized(own);
    second.widget.getBudgetsCategories();
    expect(first.widget.config['requestHeaders']).toEqual({ authToken: 'user-1' });
    const contentType = { 'Content-Type': 'application/json; charset=UTF-8' };

    expect(first.argsOf('sendRequestToPServer')[0]?.[0]).toEqual({ ...contentType, authToken: 'user-1' });
    expect(second.argsOf('sendRequestToPServer')[0]?.[0]).toEqual(contentType);
  });
});

describe('the body', () => {
  it('has its keys in the order of the widget, even undefined ones', () => {
    const { widget, argsOf } = initialized({ lang: 'en', deviceType: 'web' });
    widget.getInsights(undefined);
    expect(Object.keys(argsOf('sendRequestToPServer')[0]?.[1] as object)).toEqual([
      'clientVersion',
      'protocolVersion',
      'lang',
      'deviceType',
      'bankInfo',
      'type',
      'ctxId',
    ]);
  });

  it('has the values of the command if both have some', () => {
    const { widget, argsOf } = initialized({ lang: 'en' });
    widget.getInsightDetails({ insightId: 'i1', lang: 'pl', protocolVersion: '3' });
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toEqual({
      clientVersion: '21.5',
      protocolVersion: '3',
      lang: 'pl',
      insightId: 'i1',
      type: 'getInsightDetails',
      ctxId: 'dashboard',
    });
  });

  it('is a new plain object for each request, without userId and requestId', () => {
    const bodies: object[] = [];
    const pDelegate = { sendRequestToPServer: (_headers: unknown, body: object) => bodies.push(body) };
    const { widget } = initialized({ pDelegate, userId: 'user-1' });
    widget.getBudgetsCategories();
    widget.getBudgetsCategories();
    expect(bodies[0]).not.toBe(bodies[1]);
    expect(bodies[0]).toEqual(bodies[1]);
    expect(bodies[0]).not.toHaveProperty('userId');
    expect(bodies[0]).not.toHaveProperty('requestId');
  });

  it.each([
    [undefined, 'getInsights', 'sampleTopRelevant'],
    [undefined, 'getInboxInsights', 'dashboard'],
    ['', 'getInsights', 'sampleTopRelevant'],
    ['agent', 'getInsights', 'agent'],
    ['mine', 'getInboxInsights', 'mine'],
  ] as const)('with the option ctxId %j has for %s the ctxId %s', (ctxId, type, expected) => {
    const { widget, argsOf } = initialized(ctxId === undefined ? {} : { ctxId });
    widget[type]();
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toMatchObject({ ctxId: expected });
  });

  it('has the page’s protocolVersion', () => {
    const { widget, argsOf } = initialized({ protocolVersion: '2.7' });
    widget.getBudgetsCategories();
    expect(argsOf('sendRequestToPServer')[0]?.[1]).toMatchObject({ protocolVersion: '2.7' });
  });
});

describe('the id', () => {
  it('B7 is Base64 of the type and the millisecond', () => {
    const { widget, idOf } = initialized();
    widget.getInsights();
    expect(idOf('getInsights')).toBe(btoa(`reqPersoneticsgetInsights${NOW}`));
    expect(idOf('getInsights')).toHaveLength(52);
  });

  it('B7 is the same for two requests of one type in one millisecond: both are sent, the later one is answered', () => {
    const { widget, argsOf, idOf } = initialized();
    const [first, second] = [vi.fn(), vi.fn()];
    widget.getBudgetsCategories(first);
    const id = idOf('getBudgetsCategories');
    widget.getBudgetsCategories(second);
    widget.handlePServerResponse({ ok: true, n: 1 }, id);
    widget.handlePServerResponse({ ok: true, n: 2 }, id);

    expect(idOf('getBudgetsCategories')).toBe(id);
    expect(argsOf('sendRequestToPServer')).toHaveLength(2);
    expect(first).not.toHaveBeenCalled();
    expect(second.mock.calls).toEqual([[{ ok: true, n: 1 }], [{ ok: true, n: 2 }]]);
  });

  it('B7 differs a millisecond later, and for another type', () => {
    const { widget, idOf } = initialized();
    widget.getBudgetsCategories();
    widget.getInsights();
    const id = idOf('getBudgetsCategories');
    expect(idOf('getInsights')).not.toBe(id);
    vi.advanceTimersByTime(1);
    widget.getBudgetsCategories();
    expect(idOf('getBudgetsCategories')).not.toBe(id);
  });

  it('is of undefined without a type', async () => {
    const { widget, argsOf } = initialized();
    void widget.request('pserver', {});
    expect(argsOf('sendRequestToPServer')[0]?.[2]).toBe(btoa(`reqPersoneticsundefined${NOW}`));
  });
});

it('B1 a callback is registered before the delegate is called, and may run during the call', () => {
  const { widget } = initialized({
    pDelegate: {
      sendRequestToPServer: (_headers: unknown, _body: unknown, id: string) =>
        widget.handlePServerResponse({ ok: true }, id),
    },
  });
  const ok = vi.fn();
  widget.getBudgetsCategories(ok);
  expect(ok).toHaveBeenCalledTimes(1);
  expect(widget.replies).toMatchObject([{ isWithinCall: true }]);
});

it('B6 a request waits forever: no timer, no retry', () => {
  const { widget, argsOf, reply } = initialized();
  const ok = vi.fn();
  widget.getBudgetsCategories(ok);
  vi.advanceTimersByTime(3_600_000);
  expect(argsOf('sendRequestToPServer')).toHaveLength(1);
  reply('getBudgetsCategories', { ok: true });
  expect(ok).toHaveBeenCalledTimes(1);
});
