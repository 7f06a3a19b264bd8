import { describe, expect, it, vi } from 'vitest';
import { createTestWidget } from '../../../src/testing/index.ts';
import { base64, initialized, spyDelegate, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

const create = () => createTestWidget({ build: '21.5' });

describe('the delegate', () => {
  it('B13 is not the option eventsDelegate of initialize', () => {
    const widget = create();
    const { delegate, calls } = spyDelegate();

    expect(() => widget.initialize({ eventsDelegate: delegate })).toThrow(
      new ReferenceError('EventDelegate is not defined'),
    );
    expect(widget.config['eventsDelegate']).toEqual(delegate);
    expect(widget.config['eventsDelegate']).not.toBe(delegate);
    expect([widget.isInitialized, widget.getJSBridge(), calls]).toEqual([false, undefined, []]);
  });

  it('B13 can be set after that error, by another initialize', () => {
    const widget = create();
    const { delegate, calls } = spyDelegate();
    expect(() => widget.initialize({})).toThrow(ReferenceError);
    widget.initialize({ pDelegate: delegate });
    widget.getBudgetsCategories();

    expect(calls.map(({ name }) => name)).toEqual(['sendRequestToPServer']);
  });

  it.each<[string, (fields: object) => object]>([
    ['plain', (fields) => ({ ...fields })],
    ['frozen', (fields) => Object.freeze({ ...fields })],
    ['without a prototype', (fields) => Object.assign(Object.create(null), fields)],
  ])('B13 is a clone of a pDelegate that is an object, %s', (_what, make) => {
    const spy = spyDelegate();
    let reads = 0;
    const pDelegate = make(spy.delegate) as Record<string, unknown>;
    const withGetter = Object.isFrozen(pDelegate)
      ? pDelegate
      : Object.defineProperty(pDelegate, 'extra', { enumerable: true, get: () => ++reads });
    const { widget, argsOf, calls } = initialized({ pDelegate: withGetter }, spy);
    const readAtFirst = reads;
    if (!Object.isFrozen(pDelegate)) pDelegate['sendRequestToPServer'] = () => expect.unreachable();
    widget.getBudgetsCategories();
    const readAfterwards = reads;

    expect(widget.getJSBridge()).not.toBe(pDelegate);
    expect(calls[0]?.self).toBe(widget.getJSBridge());
    expect(argsOf('sendRequestToPServer')).toHaveLength(1);
    expect(readAfterwards).toBe(readAtFirst);
  });

  it('B13 has the given functions themselves', () => {
    const { widget, delegate } = initialized();
    expect(widget.getJSBridge()).toEqual(delegate);
  });

  it('B13 is not cloned if pDelegate is an instance of a class, or a function', () => {
    class Delegate {}
    const instance = new Delegate();
    const callable = (): void => {};
    expect(initialized({ pDelegate: instance }).widget.getJSBridge()).toBe(instance);
    expect(initialized({ pDelegate: callable }).widget.getJSBridge()).toBe(callable);
  });

  it('B13 is a new EventDelegate without pDelegate, and with one that is null; not cloned', () => {
    const made: object[] = [];
    function EventDelegate(this: object): void {
      made.push(this);
    }
    vi.stubGlobal('EventDelegate', EventDelegate);
    const widget = create();
    widget.initialize({});
    const other = create();
    other.initialize({ pDelegate: null });

    expect(made).toHaveLength(2);
    expect(widget.getJSBridge()).toBe(made[0]);
    expect(other.eventsDelegate).toBe(made[1]);
  });

  it('B13 is not created if pDelegate is set', () => {
    const EventDelegate = vi.fn();
    vi.stubGlobal('EventDelegate', EventDelegate);
    initialized();
    expect(EventDelegate).not.toHaveBeenCalled();
  });

  it('B13 cannot be an inherited pDelegate', () => {
    const options = Object.create({});
    expect(() => create().initialize(options)).toThrow(ReferenceError);
  });

  it('B13 is an empty object for a constructor that returns a primitive; an arrow function throws', () => {
    vi.stubGlobal('EventDelegate', function EventDelegate() {
      return 7;
    });
    const widget = create();
    widget.initialize({});
    expect(Object.keys(widget.getJSBridge() ?? { none: 1 })).toEqual([]);

    vi.stubGlobal('EventDelegate', () => ({}));
    expect(() => create().initialize({})).toThrow(TypeError);
  });

  it('B13 is neither read nor called by initialize', () => {
    const read: PropertyKey[] = [];
    class Delegate {}
    const pDelegate = new Proxy(new Delegate(), {
      get(_target, name) {
        if (typeof name === 'string') read.push(name);
        return undefined;
      },
    });
    initialized({ pDelegate });
    expect(read).toEqual([]);
  });
});

describe('initialize', () => {
  it('copies plain objects of the options, and keeps instances and functions', () => {
    class Kept {}
    const instance = new Kept();
    const call = (): void => {};
    const options = { params: { list: [{ a: 1 }], instance, call }, lang: undefined };
    const { widget } = initialized(options);
    const params = widget.config['params'] as typeof options.params;

    expect(params).toEqual(options.params);
    expect(params).not.toBe(options.params);
    expect(params.list[0]).not.toBe(options.params.list[0]);
    expect(params.instance).toBe(instance);
    expect(params.call).toBe(call);
    expect('lang' in widget.config).toBe(false);
    expect(widget.getConfig()).toBe(widget.config);
  });

  it('S4 copies no prototype', () => {
    initialized(JSON.parse('{"__proto__":{"polluted":1},"params":{"__proto__":{"polluted":1}}}'));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('is ready before it returns, without callInitPersonetics', () => {
    const widget = create();
    const onReady = vi.fn(() => expect(widget.isInitialized).toBe(true));
    expect(widget.initialize({ pDelegate: {} }, onReady)).toBeUndefined();
    expect(onReady).toHaveBeenCalledTimes(1);
  });

  it('asks initPersonetics first with callInitPersonetics, and is ready once that succeeds', () => {
    const widget = create();
    const { delegate, argsOf } = spyDelegate();
    const onReady = vi.fn();
    const options = {
      pDelegate: delegate,
      callInitPersonetics: true,
      mode: 'm',
      base64EncodeResponse: false,
    };
    widget.initialize(options, onReady);
    const [[, body, id] = []] = argsOf('sendRequestToPServer');

    expect(body).toMatchObject({ type: 'initPersonetics', mode: 'm' });
    expect([widget.isInitialized, onReady.mock.calls]).toEqual([false, []]);
    widget.handleServerResponse({ ok: true }, id as string);
    expect(widget.isInitialized).toBe(true);
    expect(onReady.mock.calls).toEqual([[{ ok: true }]]);
  });

  it('stays uninitialised if initPersonetics fails', () => {
    const widget = create();
    const { delegate, argsOf } = spyDelegate();
    const onFailed = vi.fn();
    const options = { pDelegate: delegate, callInitPersonetics: true, base64EncodeResponse: false };
    widget.initialize(options, undefined, onFailed);
    widget.handleServerResponse({ ok: false }, argsOf('sendRequestToPServer')[0]?.[2] as string);

    expect(widget.isInitialized).toBe(false);
    expect(onFailed.mock.calls).toEqual([[{ ok: false }]]);
  });

  it('throws a TypeError without options', () => {
    expect(() => create().initialize()).toThrow(TypeError);
  });

  it('B13 throws a TypeError the second time without a callback, and calls an existing one', () => {
    const { widget } = initialized();
    expect(() => widget.initialize({})).toThrow(TypeError);
    const onReady = vi.fn();
    widget.initialize({}, onReady);
    expect(onReady).toHaveBeenCalledTimes(1);
  });

  it('B13 changes the configuration the second time, but not the requests', () => {
    const first = { userId: 'user-1', lang: 'en', deviceType: 'web', requestHeaders: { a: '1' } };
    const { widget, argsOf, reply, delegate } = initialized(first);
    const bridge = widget.getJSBridge();
    const again = spyDelegate();
    const second = { userId: 'user-2', lang: 'pl', deviceType: 'ios', requestHeaders: { a: '2' } };
    widget.initialize({ ...second, base64EncodeResponse: true, pDelegate: again.delegate }, () => {});
    const ok = vi.fn();
    widget.getBudgetsCategories(ok);

    expect(argsOf('sendRequestToPServer')).toMatchObject([
      [{ authToken: 'user-1', a: '1' }, { lang: 'en', deviceType: 'web' }, expect.any(String)],
    ]);
    reply('getBudgetsCategories', { ok: true });
    expect(ok).toHaveBeenCalledTimes(1);
    expect(widget.getJSBridge()).toBe(bridge);
    expect(bridge).toEqual(delegate);
    expect(again.calls).toEqual([]);
    expect([widget.config['userId'], widget.getDeviceType()]).toEqual(['user-2', 'ios']);
  });

  it.each([
    [undefined, true],
    [true, true],
    ['false', true],
    [null, false],
    [0, false],
    ['', false],
    [false, false],
  ])('B11 expects Base64 unless base64EncodeResponse is falsy: %j', (base64EncodeResponse, isOn) => {
    const widget = create();
    const spy = spyDelegate();
    const option = base64EncodeResponse === undefined ? {} : { base64EncodeResponse };
    widget.initialize({ pDelegate: spy.delegate, ...option });
    const ok = vi.fn();
    widget.getBudgetsCategories(ok);
    const id = spy.argsOf('sendRequestToPServer')[0]?.[2] as string;
    widget.handlePServerResponse(isOn ? base64('{"ok":true}') : { ok: true }, id);

    expect(ok.mock.calls).toEqual([[{ ok: true }]]);
  });
});

describe('before initialize', () => {
  it('requests and replies throw TypeErrors', () => {
    const widget = create();
    expect(() => widget.getBudgetsCategories()).toThrow(TypeError);
    expect(() => widget.callPersoneticsAPI('x', {})).toThrow(TypeError);
    expect(() => widget.handlePServerResponse({}, 'r1')).toThrow(TypeError);
    expect(() => widget.handleServerResponse({}, 'r1')).toThrow(TypeError);
  });

  it('there is no delegate, and reports do nothing', () => {
    const widget = create();
    expect(widget.getJSBridge()).toBeUndefined();
    widget.sendWidgetEvent(null, {});
    widget.notifyEvent({ eventMessage: { eventInfo: { type: 'x' } } });
    widget.notifyReportEvent({ type: 'x', value: '1' });
  });
});
