import { expect, it } from 'vitest';
import { Redactor } from '../../src/recording/redactor.ts';
import type { RecordOptions } from '../../src/recording.ts';

it('S6: an id of any type is recorded as the string by which ids are compared', () => {
  const redactor = new Redactor({ toString: true } as RecordOptions['allow'], 0);
  const unreadable = { toString: 1 };
  const ids = [8700, '8700', [8700], null, 'null', { toString: () => '8700' }, unreadable, Symbol('hush')];
  expect(ids.map((id) => redactor.id(id))).toEqual([
    '1000001',
    '1000001',
    '1000001',
    'text-2',
    'text-2',
    '1000001',
    '',
    '',
  ]);
});

it('S6: a text of JSON may have a byte order mark', () => {
  expect(new Redactor(undefined, 0).read('\ufeff{"title":"hush"}')).toBe('{"title":"text-1"}');
});

it('S6: what is too large is not read', () => {
  const redactor = new Redactor(undefined, 0);
  const read: string[] = [];
  const fields = Object.fromEntries(Array.from({ length: 60_000 }, (_item, at) => [`f${at}`, at]));
  const watched = new Proxy(fields, {
    get(target, name) {
      read.push(String(name));
      return Reflect.get(target, name);
    },
  });
  expect(redactor.read({ data: watched })).toBe('text-1');
  expect(redactor.read({ data: Array(60_000) })).toBe('text-2');
  expect(read).not.toContain('f0');
});
