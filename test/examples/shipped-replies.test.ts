import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW, started } from './shipped-page.ts';

beforeEach(() => vi.useFakeTimers({ now: NOW }));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ok = vi.fn();
const fail = vi.fn();
afterEach(() => void vi.clearAllMocks());

describe('B11 a reply', () => {
  const successes = [
    { ok: true },
    { ok: 1 },
    { ok: '1' },
    { status: 200 },
    { status: ' 200 ' },
    { ok: true, status: '600' },
    { ok: false, status: 200 },
    Object.create({ status: 200 }),
  ];
  const failures = [
    {},
    null,
    undefined,
    [1],
    { ok: 'true' },
    { ok: false },
    Object.create({ ok: true }),
    { status: '201' },
    '{"ok":true}',
    '',
    7,
  ];

  it.each(successes)('of %j is a success', (reply) => {
    const { widget, idOf } = started();
    widget.getBudgetsCategories(ok, fail);
    widget.handlePServerResponse(reply, idOf(0));
    expect(ok).toHaveBeenCalledExactlyOnceWith(reply);
    expect(fail).not.toHaveBeenCalled();
  });

  it.each(failures)('of %j is a failure, which sessionError is told first', (reply) => {
    const { widget, idOf, calls } = started();
    widget.getBudgetsCategories(ok, fail);
    fail.mockImplementationOnce(() => calls.push({ name: 'failed', self: undefined, args: [] }));
    widget.handlePServerResponse(reply, idOf(0));
    expect(calls.map(({ name }) => name)).toEqual(['sendRequestToPServer', 'sessionError', 'failed']);
    expect(fail).toHaveBeenCalledExactlyOnceWith(reply);
    expect(ok).not.toHaveBeenCalled();
  });

  const base64 = (value: unknown): string =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))));

  it('is Base64 text of JSON where that is on, of characters of up to three bytes', () => {
    const { widget, idOf } = started({ base64EncodeResponse: true });
    widget.getBudgetsCategories(ok, fail);
    widget.handlePServerResponse(base64({ ok: true, text: 'é€日' }), idOf(0));
    expect(ok).toHaveBeenCalledExactlyOnceWith({ ok: true, text: 'é€日' });
  });

  it.each([
    ['an object', { ok: true }, TypeError],
    ['null', null, TypeError],
    ['JSON text', '{"ok":true}', SyntaxError],
    ['an emoji', base64({ ok: true, text: '😀' }), SyntaxError],
    ['line breaks', base64({ ok: true }).replace(/.{8}/g, '$&\n'), SyntaxError],
    ['no text', '', SyntaxError],
  ])('of %s throws where Base64 is on', (_what, reply, kind) => {
    const { widget, idOf } = started({ base64EncodeResponse: true });
    widget.getBudgetsCategories(ok, fail);
    expect(() => widget.handlePServerResponse(reply, idOf(0))).toThrow(kind);
    expect(ok).not.toHaveBeenCalled();
  });
});

describe('B2 the reply functions', () => {
  it('are two, of which one calls the other through the widget', () => {
    const { widget, idOf } = started();
    widget.getBudgetsCategories(ok, fail);
    const before = vi.fn();
    widget.handleServerResponse = before;
    widget.handlePServerResponse({ ok: true }, idOf(0));
    expect(before).toHaveBeenCalledExactlyOnceWith({ ok: true }, idOf(0));
    const { handlePServerResponse } = widget;
    expect(() => handlePServerResponse.call(undefined as never, {}, '1')).toThrow(TypeError);
  });

  it('B1 call back for a second reply as well, of which the example complains, as of an unknown id', () => {
    const { widget, idOf, complaints } = started();
    widget.getBudgetsCategories(ok, fail);
    for (const id of [idOf(0), idOf(0), 'unknown']) widget.handlePServerResponse({ ok: true }, id);
    expect(ok).toHaveBeenCalledTimes(2);
    expect(complaints).toEqual([
      `A second reply came for request string ${idOf(0)}.`,
      'A reply came for request string unknown, which was never made.',
    ]);
  });

  it('B7 have one id for two requests of one type and millisecond: the later one gets all replies', () => {
    const { widget, idOf, complaints } = started();
    const first = vi.fn();
    widget.getBudgetsCategories(first, fail);
    widget.getBudgetsCategories(ok, fail);
    expect(idOf(0)).toBe(idOf(1));
    widget.handlePServerResponse({ ok: true }, idOf(0));
    expect(first).not.toHaveBeenCalled();
    expect(ok).toHaveBeenCalledOnce();
    expect(complaints).toEqual([]);
    vi.advanceTimersByTime(1);
    widget.getBudgetsCategories(ok, fail);
    expect(idOf(2)).not.toBe(idOf(1));
  });

  it('let through what a callback or the delegate throws', () => {
    const { widget, idOf } = started();
    const broken = new Error('drawn wrong');
    widget.getBudgetsCategories(() => {
      throw broken;
    }, fail);
    expect(() => widget.handleServerResponse({ ok: true }, idOf(0))).toThrow(broken);
    Object.assign(widget.getJSBridge() as object, {
      sessionError() {
        throw broken;
      },
    });
    expect(() => widget.handleServerResponse({}, idOf(0))).toThrow(broken);
    expect(fail).not.toHaveBeenCalled();
  });
});
