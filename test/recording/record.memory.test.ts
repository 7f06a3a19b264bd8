import { expect, it } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { Redactor } from '../../src/recording/redactor.ts';
import { record } from '../../src/recording.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';

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
