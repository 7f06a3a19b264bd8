import { describe, expect, it, vi } from 'vitest';
import { type BridgeOptions, isBanksideError, WidgetBridge } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { rejection } from './fixtures/rejection.ts';

const { makeBridge, setUp } = bridgeTests();

const SECRET = 'token-of-somebody';
const transport = { send: () => ({}) };

/** What a wrong option or call throws. */
function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw');
}

describe('a wrong option of the bridge is refused when it is made', () => {
  const wrong: [option: string, value: unknown, expected: RegExp, received: RegExp][] = [
    ['transport', undefined, /send/, /undefined/],
    ['transport', null, /send/, /null/],
    ['transport', {}, /send/, /object/],
    ['transport', { send: SECRET }, /send/, /object/],
    ['transport', SECRET, /send/, /string/],
    ['timeout', 0, /positive|ms/, /0/],
    ['timeout', -1, /positive|ms/, /-1/],
    ['timeout', Number.NaN, /positive|ms/, /NaN/],
    ['timeout', Infinity, /positive|ms/, /Infinity/],
    ['timeout', true, /positive|ms/, /true/],
    ['timeout', null, /positive|ms/, /null/],
    ['timeout', SECRET, /positive|ms/, /string/],
    ['maxPending', 0, /integer/, /0/],
    ['maxPending', -5, /integer/, /-5/],
    ['maxPending', 1.5, /integer/, /1\.5/],
    ['maxPending', Number.NaN, /integer/, /NaN/],
    ['maxPending', Infinity, /integer/, /Infinity/],
    ['maxPending', SECRET, /integer/, /string/],
    ['maxPending', null, /integer/, /null/],
    ['reply', {}, /function/, /object/],
    ['reply', SECRET, /function/, /string/],
    ['failureReply', { ok: false, token: SECRET }, /function/, /object/],
    ['failureReply', SECRET, /function/, /string/],
    ['failureReply', '', /function/, /string|empty|''/],
    ['queue', {}, /QueuePoller/, /object/],
    ['queue', SECRET, /QueuePoller/, /string/],
    ['signal', {}, /AbortSignal/, /object/],
    ['signal', new AbortController(), /AbortSignal/, /object/],
    ['signal', SECRET, /AbortSignal/, /string/],
  ];

  it.each(wrong)('%s: %o', (option, value, expected, received) => {
    const error = thrown(() => new WidgetBridge({ transport, [option]: value } as unknown as BridgeOptions));

    if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
    expect(error.details.option).toBe(option);
    expect(error.details.expected).toMatch(expected);
    expect(error.details.received).toMatch(received);
    expect(error.message).toContain(option);
    expect(error.message).toMatch(expected);
    expect(error.message).toMatch(received);
    expect(`${error.stack}${JSON.stringify(error.details)}`).not.toContain(SECRET);
  });

  it.each([undefined, null, SECRET, 5])('options that are %o', (options) => {
    const error = thrown(() => new WidgetBridge(options as unknown as BridgeOptions));

    if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
    expect(error.details.option).toBe('transport');
    expect(error.message).not.toContain(SECRET);
  });

  it('`undefined` is as good as leaving an option out', () => {
    const options = { timeout: undefined, maxPending: undefined, reply: undefined, failureReply: undefined };

    expect(() => makeBridge({ ...options, queue: undefined, signal: undefined })).not.toThrow();
  });

  it('a wrong option leaves no listener on the signal', () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    thrown(() => new WidgetBridge({ transport, signal, maxPending: 0 }));

    expect(add).not.toHaveBeenCalled();
  });
});

describe('a wrong call of attach', () => {
  it.each([
    ['nothing', undefined, /undefined/],
    ['null', null, /null/],
    ['a string', SECRET, /string/],
    ['a number', 5, /5/],
    ['true', true, /true/],
  ])('with %s as widget', (_, widget, received) => {
    const { bridge } = setUp();
    const error = thrown(() => bridge.attach(widget as unknown as object));

    if (!isBanksideError(error, 'INVALID_CALL')) throw error;
    expect(error.details.call).toMatch(/^attach/);
    expect(error.message).toMatch(/attach/);
    expect(error.details.expected).toMatch(/widget/);
    expect(error.details.received).toMatch(received);
    expect(error.message).not.toContain(SECRET);
  });

  it.each([
    ['a string', SECRET, /string/],
    ['a number', 5, /5/],
  ])('with %s as target', (_, target, received) => {
    const { bridge } = setUp();
    const error = thrown(() => bridge.attach({}, target as unknown as object));

    if (!isBanksideError(error, 'INVALID_CALL')) throw error;
    expect(error.details.call).toMatch(/^attach/);
    expect(error.details.expected).toMatch(/target/);
    expect(error.details.received).toMatch(received);
    expect(error.message).not.toContain(SECRET);
  });
});

describe('a wrong call of on and subscribe', () => {
  it.each([undefined, null, {}, SECRET])('on with %o as handler', (handler) => {
    const { bridge } = setUp();
    const error = thrown(() => bridge.on('reply', handler as unknown as () => void));

    if (!isBanksideError(error, 'INVALID_CALL')) throw error;
    expect(error.details.call).toMatch(/^on\b/);
    expect(error.details.expected).toMatch(/function/);
    expect(error.message).not.toContain(SECRET);
  });

  it.each([undefined, null, {}, SECRET])('subscribe with %o as listener', (listener) => {
    const { bridge } = setUp();
    const error = thrown(() => bridge.subscribe(listener as unknown as () => void));

    if (!isBanksideError(error, 'INVALID_CALL')) throw error;
    expect(error.details.call).toMatch(/^subscribe\b/);
    expect(error.details.expected).toMatch(/function/);
    expect(error.message).not.toContain(SECRET);
  });
});

describe('a wrong call of send is a rejection, and nothing is sent', () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;

  it.each([
    ['an unknown server', 'pServer'],
    ['a name that every object has', 'constructor'],
    ['nothing', undefined],
    ['null', null],
    ['a request', { server: 'ob', token: SECRET }],
    ['an object that contains itself', circular],
    ['a bigint', 1n],
    ['a symbol', Symbol(SECRET)],
  ])('with %s as server', async (_, server) => {
    const { bridge, transport: manual } = setUp();
    const error = await rejection(bridge.send(server as 'ob', {}));

    if (!isBanksideError(error, 'INVALID_CALL')) throw error;
    expect(error.details.call).toMatch(/^send/);
    expect(error.details.expected).toMatch(/pserver.*enrich.*ob/);
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain(SECRET);
    expect(manual.sent).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a function', () => SECRET],
    ['a symbol', Symbol(SECRET)],
  ])('with %s as body', async (_, body) => {
    const { bridge, transport: manual } = setUp();
    const error = await rejection(bridge.send('ob', body as object));

    if (!isBanksideError(error, 'INVALID_CALL')) throw error;
    expect(error.details.call).toMatch(/^send/);
    expect(error.details.expected).toMatch(/object.*string/);
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain(SECRET);
    expect(manual.sent).toEqual([]);
  });

  it.each([
    ['timeout', 0],
    ['timeout', Number.NaN],
    ['timeout', SECRET],
    ['signal', {}],
    ['signal', SECRET],
    ['schema', {}],
    ['schema', SECRET],
  ])('with a wrong %s: %o', async (option, value) => {
    const { bridge, transport: manual } = setUp();
    const call = bridge.send('ob', {}, { [option]: value } as object);
    manual.sent[0]?.answer({});
    const error = await rejection(call);

    if (!isBanksideError(error)) throw new Error('It is no BanksideError', { cause: error });
    expect(error.code).toMatch(/^INVALID_(OPTIONS|CALL)$/);
    expect(error.message).toContain(option);
    expect(error.message).not.toContain(SECRET);
    expect(manual.sent).toEqual([]);
  });
});
