import { expect, it } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { Redactor } from '../../src/recording/redactor.ts';
import { type Recorder, record } from '../../src/recording.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { collectGarbage } from '../harness/collect-garbage.ts';

it('S6: regular expressions do not remember a value', () => {
  const redactor = new Redactor(undefined, 0);
  redactor.read({ title: '4111111111111111', lang: 'hush-hush' });
  expect((RegExp as unknown as { input: string }).input).toBe('');
});

it('S6: all listeners are removed by `stop`', () => {
  const handlers = new Set<unknown>();
  const source = {
    queue: undefined,
    getSnapshot: () => ({ connections: new Map() }),
    on(_type: string, handler: unknown) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
  const recorder = record(source as never, source as never);
  expect(handlers.size).toBe(13);
  recorder.stop();
  expect(handlers.size).toBe(0);
});

it('S6: a full recording has removed its listeners', () => {
  const bridge = new WidgetBridge({ transport: createTestTransport() });
  const removed: string[] = [];
  const on = ((type: 'request', handler: () => void) => {
    const stop = bridge.on(type, handler);
    return () => {
      removed.push(type);
      stop();
    };
  }) as typeof bridge.on;
  const recorder = record({ on, queue: undefined }, undefined, { maxBytes: 300 });
  bridge.send('pserver', { type: 'getInsights', data: Array(20).fill('hush') }).catch(() => {});
  expect(recorder.recording()).toMatchObject({ isCut: true, requests: [] });
  expect(removed).toHaveLength(5);
  bridge.dispose();
});

it('S6: a value that is too large is forgotten: nothing of it is in the file', () => {
  const redactor = new Redactor(undefined, 0);
  expect(redactor.read('hush')).toBe('text-1');
  expect(redactor.read(Array.from({ length: 30_000 }, (_item, at) => [`hush ${at}`]))).toMatch(/^text-\d+$/);
  expect(redactor.read('hush')).toBe('text-1');
  expect(redactor.read('hush 0')).not.toBe('text-2');
});

it('S6: after `stop`, nothing of the page is held, nor which value has which placeholder', async () => {
  const references: WeakRef<object>[] = [];
  const known = <T extends object>(value: T): T => {
    references.push(new WeakRef(value));
    return value;
  };
  const { read } = Redactor.prototype;
  Redactor.prototype.read = function (value) {
    return read.call(known(this), value);
  };
  const bridge = new WidgetBridge({ transport: { send: () => new Promise(() => {}) } });
  const recorder = ((): Recorder => {
    const poller = known({ getSnapshot: () => ({ connections: new Map() }), on: () => () => {} });
    const running = record(bridge, poller as never);
    const target = known({ handlePServerResponse: () => undefined });
    const detach = bridge.attach(target, {});
    bridge.delegate.sendRequestToPServer(null, known({ type: 'getInsights', data: known({ a: 1 }) }), '1');
    detach();
    return running;
  })();
  Redactor.prototype.read = read;
  recorder.stop();
  await collectGarbage();
  expect(references.length).toBeGreaterThan(4);
  expect(references.filter((reference) => reference.deref())).toEqual([]);
  expect(recorder.recording()).toMatchObject({ requests: [{ body: { type: 'getInsights' } }] });
  bridge.dispose();
});
