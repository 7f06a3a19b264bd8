import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { callSafely, createEmitter, type Emitter } from '../src/emitter.ts';

const reported: unknown[] = [];

beforeEach(() => {
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  expect(reported.splice(0)).toEqual([]);
});

function make(): Emitter<{ a: number; b: string }> {
  return createEmitter();
}

it('calls each handler of its type, in the order in which they were added', () => {
  const { on, emit } = make();
  const heard: unknown[] = [];
  on('a', (event) => heard.push(['first', event]));
  on('b', (event) => heard.push(['other', event]));
  on('a', (event) => heard.push(['second', event]));
  emit('a', 1);
  emit('b', 'x');

  expect(heard).toEqual([
    ['first', 1],
    ['second', 1],
    ['other', 'x'],
  ]);
});

it('gives a handler the event and nothing else', () => {
  const { on, emit } = make();
  const handler = vi.fn();
  on('a', handler);
  emit('a', 1);

  expect(handler.mock.calls).toEqual([[1]]);
});

it('one handler that throws does not stop the others, and is reported', () => {
  const { on, emit } = make();
  const boom = new Error('x');
  const heard: number[] = [];
  on('a', () => {
    throw boom;
  });
  on('a', (event) => heard.push(event));
  emit('a', 1);

  expect(heard).toEqual([1]);
  expect(reported.splice(0)).toEqual([boom]);
});

it('a handler that was added twice is called twice, and each subscription ends by itself, once', () => {
  const { on, emit } = make();
  const handler = vi.fn();
  const offFirst = on('a', handler);
  const offSecond = on('a', handler);
  emit('a', 1);
  expect(handler).toHaveBeenCalledTimes(2);
  offFirst();
  offFirst();
  emit('a', 2);
  expect(handler).toHaveBeenCalledTimes(3);
  offSecond();
  emit('a', 3);

  expect(handler).toHaveBeenCalledTimes(3);
});

it('handlers may come and go while one is called', () => {
  const { on, emit } = make();
  const heard: string[] = [];
  const off = on('a', () => {
    off();
    heard.push('once');
    on('a', () => heard.push('new'));
  });
  on('a', () => heard.push('always'));
  emit('a', 1);
  expect(heard).toEqual(['once', 'always']);
  emit('a', 2);

  expect(heard).toEqual(['once', 'always', 'always', 'new']);
});

it('a handler may emit an event', () => {
  const { on, emit } = make();
  const heard: unknown[] = [];
  on('a', (event) => {
    heard.push(event);
    if (event < 3) emit('a', event + 1);
  });
  emit('a', 1);

  expect(heard).toEqual([1, 2, 3]);
});

it.each([undefined, null, {}, 'handler', 5])('refuses %o for a handler', (handler) => {
  const { on } = make();

  expect(() => on('a', handler as unknown as () => void)).toThrow(
    expect.objectContaining({ code: 'INVALID_CALL', message: expect.stringMatching(/on.*a.*function/) }),
  );
});

it('two emitters have nothing in common', () => {
  const [one, other] = [make(), make()];
  const handler = vi.fn();
  one.on('a', handler);
  other.emit('a', 1);

  expect(handler).not.toHaveBeenCalled();
});

it('callSafely reports to the console where there is no reportError', () => {
  vi.stubGlobal('reportError', undefined);
  const log = vi.spyOn(console, 'error').mockReturnValue();
  const boom = new Error('x');
  callSafely(() => {
    throw boom;
  });

  expect(log.mock.calls).toEqual([[boom]]);
});

it('S4 callSafely reports what a promise of any kind rejects with, and what a then throws', async () => {
  const boom = new Error('x');
  const fail = (): never => {
    throw boom;
  };
  const ofAnotherRealm: unknown = runInContext('(error) => Promise.reject(error)', createContext());
  const results: unknown[] = [
    Promise.reject(boom),
    (ofAnotherRealm as (error: Error) => unknown)(boom),
    Object.defineProperty({}, 'then', {
      value: (_: unknown, reject: (error: Error) => void) => reject(boom),
    }),
    Object.defineProperty({}, 'then', { value: fail }),
  ];
  for (const result of results) expect(callSafely(() => result)).toBe(true);
  await Promise.resolve();
  await Promise.resolve();

  expect(reported.splice(0)).toEqual([boom, boom, boom, boom]);
});

it('S4 callSafely ignores a result whose then cannot be read', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  expect(callSafely(() => proxy)).toBe(true);
});
