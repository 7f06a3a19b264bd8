import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDouble, createPage, NOW, started } from './fixtures/shipped-page.ts';

const ok = vi.fn();
const fail = vi.fn();

beforeEach(() => vi.useFakeTimers({ now: NOW }));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe('B13 the example’s shipped widget', () => {
  it('is the one of bankside/testing/doubles: of its functions, two are replaced', () => {
    const { widget } = createPage();
    const double = createDouble();
    expect(widget.build).toBe('21.5');
    expect(Object.keys(widget)).toEqual(Object.keys(double));
    const textsOf = (of: object): Record<string, string> =>
      Object.fromEntries(Object.entries(of).map(([name, value]) => [name, `${value}`]));
    const texts = textsOf(double);
    const replaced = Object.entries(textsOf(widget)).filter(([name, text]) => text !== texts[name]);
    expect(replaced.map(([name]) => name)).toEqual(['startWidget', 'handleServerResponse']);
  });

  it('draws at once, with the page’s element, and Base64 off', () => {
    const { widget, delegate, drawn } = createPage();
    const el = { nodeType: 1 };
    const given = {
      pDelegate: delegate,
      widgetType: 'teaser-widget-carousel',
      el: Object.create(el),
      lang: 'en',
    };
    const { el: root } = given;
    widget.startWidget(given);
    expect(drawn).toMatchObject([{ config: { widgetType: 'teaser-widget-carousel', lang: 'en' } }]);
    expect(drawn[0]?.config['el']).toBe(root);
    expect(given).toMatchObject({ filter: false, el: { 0: root } });
    expect(widget.config['base64EncodeResponse']).toBe(false);
    expect(widget.views).toEqual([]);
  });

  it('draws a second view, after an initialize of the page’s own, which stays in its place', () => {
    const { widget, delegate, drawn } = createPage();
    const { initialize } = widget;
    widget.initialize({ pDelegate: delegate });
    widget.startWidget({ widgetType: 'story-widget', insightId: 'i' });
    widget.startWidget({});
    expect(drawn).toMatchObject([{ config: { insightId: 'i' } }, { config: { el: 'body' } }]);
    expect(widget.initialize).toBe(initialize);
    expect(widget.config['base64EncodeResponse']).toBe(false);
    expect(() => widget.initialize({})).toThrow(TypeError);
  });

  it('keeps its initialize when it cannot start', () => {
    const { widget, delegate, drawn } = createPage();
    const { initialize } = widget;
    expect(() => widget.startWidget(null)).toThrow(Error);
    expect(() => widget.startWidget({})).toThrow(ReferenceError);
    expect(() => widget.startWidget(Object.freeze({ pDelegate: delegate }))).toThrow(TypeError);
    expect(widget.initialize).toBe(initialize);
    expect(drawn).toEqual([]);
  });

  it('throws a string for what the build does not have, and asks unseen for what the example does not draw', () => {
    const { widget, delegate, drawn, names } = createPage();
    expect(() => widget.startWidget({ pDelegate: delegate, widgetType: 'subscription-dashboard' })).toThrow(
      'startWidget: no widget of type subscription-dashboard',
    );
    widget.startWidget({ widgetType: 'manage-budgets' });
    expect(widget.views).toMatchObject([{ widgetType: 'manage-budgets', state: 'loading' }]);
    expect(names()).toEqual(['sendRequestToPServer']);
    expect(drawn).toEqual([]);
  });

  it('waits for initPersonetics where that is asked for, and draws also when it fails', () => {
    const { widget, delegate, drawn, calls } = createPage();
    widget.startWidget({ pDelegate: delegate, callInitPersonetics: true });
    expect(drawn).toEqual([]);
    widget.handlePServerResponse({ ok: false }, calls[0]?.args[2] as string);
    expect(drawn).toHaveLength(1);
  });
});

describe('B3 what is drawn', () => {
  it.each([
    ['pserver', 'getInsights', {}, 'sendRequestToPServer'],
    ['pserver', 'getInsightDetails', { insightId: 'i' }, 'sendRequestToPServer'],
    ['pserver', 'getInsightRating', { id: 'i' }, 'sendRequestToPServer'],
    ['pserver', 'updateInsightRating', { id: 'i', rating: 3 }, 'sendRequestToPServer'],
    ['enrich', 'getUserSubscriptions', {}, 'sendRequestToEnrichServer'],
  ] as const)('asks %s for %s by the widget’s function', (server, type, fields, sender) => {
    const { widget, client, calls } = started();
    client.ask(server, type, fields, ok, fail);
    expect(calls[0]?.name).toBe(sender);
    expect(calls[0]?.args[1]).toMatchObject({ clientVersion: '21.5', ...fields, type });
    widget.handlePServerResponse({ ok: true, n: 1 }, calls[0]?.args[2] as string);
    expect(ok).toHaveBeenCalledExactlyOnceWith({ ok: true, n: 1 });
  });

  it('looks the function up at each call', () => {
    const { widget, client } = started();
    const getInsights = vi.fn();
    Object.assign(widget, { getInsights });
    client.ask('pserver', 'getInsights', {}, ok, fail);
    expect(getInsights).toHaveBeenCalledOnce();
  });

  it('B11 shows the server’s sentence of a reply that failed, which sessionError is told first', () => {
    const { widget, client, calls, names } = started();
    client.ask('pserver', 'getInsights', {}, ok, fail);
    widget.handlePServerResponse({ ok: false, statusMessage: 'Not today.' }, calls[0]?.args[2] as string);
    expect(fail).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'Not today.' }));
    expect(names()).toEqual(['sendRequestToPServer', 'sessionError']);
  });

  it('B4 tells an event with an object that is empty afterwards, reports, and navigates', () => {
    const { client, delegate, widget, calls } = started();
    const seen = vi.fn();
    Object.assign(widget.getJSBridge() ?? {}, {
      widgetEvent: (_from: unknown, params: object) => {
        seen({ ...params });
        (delegate['widgetEvent'] as (params: object) => void)(params);
      },
    });
    client.tell({ eventType: 'bankLinked' });
    client.report('Presented', '1');
    client.navigate('accounts');
    expect(seen.mock.calls).toMatchObject([
      [{ userId: 'u-1', lang: 'en', eventType: 'bankLinked' }],
      [{ eventType: 'reporting', eventId: 'Presented', eventData: { value: '1' } }],
    ]);
    expect(calls.map(({ name, args }) => [name, ...args])).toEqual([
      ['widgetEvent', {}],
      ['widgetEvent', {}],
      ['navigateToPage', { requestString: 'navigateToPage', data: { navigateTarget: 'accounts' } }],
    ]);
    vi.advanceTimersByTime(4_000); // no sendEvents
    expect(calls).toHaveLength(3);
  });
});

describe('B3 Open Banking', () => {
  it('is asked through the delegate’s own function with one callback', () => {
    const { client, calls } = started();
    client.ask('ob', 'getAccounts', {}, ok, fail);
    const { name, args } = calls[0] ?? { args: [] };
    expect(name).toBe('sendRequestToOBServer');
    expect(args).toEqual([expect.objectContaining({ type: 'getAccounts' }), expect.any(Function)]);
  });

  it.each([
    ['an object', { ok: true, accounts: [] }],
    ['Base64 of JSON', btoa('{"ok":true,"accounts":[]}')],
  ])('takes %s for an answer', (_form, answer) => {
    const { client, calls } = started();
    client.ask('ob', 'getAccounts', {}, ok, fail);
    const callback = calls[0]?.args[1] as (answer: unknown) => void;
    callback(answer);
    expect(ok).toHaveBeenCalledExactlyOnceWith({ ok: true, accounts: [] });
  });

  it('B1 complains of a second answer, and takes a refusal for one', () => {
    const { client, calls, complaints } = started();
    client.ask('ob', 'getAccounts', {}, ok, fail);
    const answer = calls[0]?.args[1] as (answer: unknown) => void;
    answer({ ok: false, statusMessage: 'No.' });
    expect(fail).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'No.' }));
    expect(complaints).toEqual([]);
    answer({ ok: true });
    expect(complaints).toEqual(['A second reply came for request string w-1.']);
    expect(ok).not.toHaveBeenCalled();
  });
});

describe('B1 a complaint', () => {
  it('is made once of a second reply, and of one that nobody asked for', () => {
    const { widget, client, calls, complaints } = started();
    client.ask('pserver', 'getInsights', {}, ok, fail);
    client.ask('enrich', 'getUserSubscriptions', {}, ok, fail); // waits, which is no fault
    const id = calls[0]?.args[2] as string;
    widget.handlePServerResponse({ ok: true }, id);
    expect(complaints).toEqual([]);
    widget.handlePServerResponse({ ok: true }, id);
    widget.handleServerResponse({ ok: true }, 'unknown');
    expect(ok).toHaveBeenCalledTimes(2);
    expect(complaints).toEqual([
      expect.stringContaining(`${id}" to sendRequestToPServer was answered 2 times`),
      expect.stringContaining('"unknown", which is the id of no request'),
    ]);
  });

  it('B7 is not made of two requests with one id and one reply, which is for the later one', () => {
    const { widget, client, calls, complaints } = started();
    const first = vi.fn();
    client.ask('pserver', 'getInsights', {}, first, fail);
    client.ask('pserver', 'getInsights', {}, ok, fail);
    expect(calls[0]?.args[2]).toBe(calls[1]?.args[2]);
    widget.handlePServerResponse({ ok: true }, calls[0]?.args[2] as string);
    expect(first).not.toHaveBeenCalled();
    expect(ok).toHaveBeenCalledOnce();
    expect(complaints).toEqual([]);
  });

  it('is made also where the reply function throws, which it does without its object', () => {
    const { widget, client, calls, complaints } = started();
    client.ask('pserver', 'getInsights', {}, ok, fail);
    const id = calls[0]?.args[2] as string;
    const broken = new Error('drawn wrong');
    ok.mockImplementation(() => {
      throw broken;
    });
    for (const _ of [1, 2]) expect(() => widget.handlePServerResponse({ ok: true }, id)).toThrow(broken);
    expect(complaints).toHaveLength(1);
    ok.mockReset();
    const { handleServerResponse } = widget;
    expect(() => handleServerResponse.call(undefined as never, {}, id)).toThrow(TypeError);
  });
});
