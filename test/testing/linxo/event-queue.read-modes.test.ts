import { expect, test } from 'vitest';
import type { ReadMode } from '../../../src/testing/index.ts';
import { eventsOf, model } from './fixtures/ticking.ts';

/** The results of two readers for two successive events. */
function reads(mode: ReadMode): { first: string[][]; second: string[][] } {
  const { linxo } = model({ reads: mode });
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  const read = (reader: string) => eventsOf(linxo, queue, reader).map(({ event_type = '' }) => event_type);

  linxo.publish(id, { event: 'A' });
  const [first, second] = [[read('first')], [read('second')]];
  linxo.publish(id, { event: 'B' });
  second.push(read('second'), read('second'));
  first.push(read('first'), read('first'));
  return { first, second };
}

test('destructive: two readers get different events', () => {
  expect(reads('destructive')).toEqual({ first: [['A'], [], []], second: [[], ['B'], []] });
});

test('per reader: each reader gets each event once', () => {
  expect(reads('per-reader')).toEqual({ first: [['A'], ['B'], []], second: [['A'], ['B'], []] });
});

test('repeatable: a read removes nothing', () => {
  const all = ['A', 'B'];
  expect(reads('repeatable')).toEqual({ first: [['A'], all, all], second: [['A'], all, all] });
});

test('destructive is the default', () => {
  const { linxo } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.publish(id, { event: 'A' });

  expect(eventsOf(linxo, queue, 'first')).toHaveLength(1);
  expect(eventsOf(linxo, queue, 'second')).toHaveLength(0);
});

test.each(['per-reader', 'repeatable'] as const)(
  '%s: events that no read removes are dropped after 15 minutes',
  (mode) => {
    const { linxo, pass } = model({ reads: mode });
    const { id } = linxo.addConnection();
    const queue = linxo.subscribe();
    const types = (reader: string) => eventsOf(linxo, queue, reader).map(({ event_type }) => event_type);
    linxo.publish(id, { event: 'OLD' });
    pass(600_000);
    expect(types('first')).toEqual(['OLD']);
    linxo.publish(id, { event: 'NEW' });
    pass(300_000);
    types('first');

    expect(types('late')).toEqual(['NEW']);
    linxo.publish(id, { event: 'NEWEST' });
    expect(types('first')).toEqual(mode === 'per-reader' ? ['NEWEST'] : ['NEW', 'NEWEST']);
  },
);
