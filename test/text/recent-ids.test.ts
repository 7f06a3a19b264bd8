import { once } from 'node:events';
import { expect, it } from 'vitest';
import { RecentIds } from '../../src/text/recent-ids.ts';
import type { HeapOfRecentIds } from '../fixtures/heap-of-recent-ids.ts';
import { startWorker } from '../harness/start-worker.ts';

it('knows those that it was given', () => {
  const ids = new RecentIds(10);
  for (const id of ['a', 'b', 'a', '', '__proto__']) ids.add(id);
  expect(['a', 'b', 'c', '', '__proto__', 'constructor'].map((id) => ids.has(id))).toEqual([
    true,
    true,
    false,
    true,
    true,
    false,
  ]);
});

it('Q2 holds the last ones, as many as the limit; those of long ago are gone', () => {
  const ids = new RecentIds(100);
  for (let made = 0; made < 1_000; made += 1) {
    expect(ids.has(`${made}`)).toBe(false);
    ids.add(`${made}`);
    if (made >= 99) expect(ids.has(`${made - 99}`)).toBe(true);
    if (made >= 200) expect(ids.has(`${made - 200}`)).toBe(false);
  }
});

it('Q2 one that comes again is refreshed', () => {
  const ids = new RecentIds(10);
  ids.add('kept');
  for (let made = 0; made < 1_000; made += 1) {
    ids.add(`${made}`);
    expect(ids.has('kept')).toBe(true);
    ids.add('kept');
  }
});

it('forgets all at once', () => {
  const ids = new RecentIds(2);
  for (const id of ['a', 'b', 'c']) ids.add(id);
  ids.clear();
  expect(['a', 'b', 'c'].map((id) => ids.has(id))).toEqual([false, false, false]);
});

it('B8 distinguishes long ids, and keeps only a few bytes of each', () => {
  const ids = new RecentIds(100);
  const long = (end: string): string => `${'x'.repeat(100_000)}${end}`;
  for (const end of ['a', 'b', '\u0000', '']) ids.add(long(end));

  expect(['a', 'b', 'c', '\u0000', '', 'ab'].map((end) => ids.has(long(end)))).toEqual([
    true,
    true,
    false,
    true,
    true,
    false,
  ]);
});

it('B8 of long ids, and of short ones that are parts of long texts, little is kept', async () => {
  // In a separate heap: other tests keep objects in this one.
  const worker = await startWorker(new URL('../fixtures/heap-of-recent-ids.ts', import.meta.url));
  const [{ grown, known }] = (await once(worker, 'message')) as [HeapOfRecentIds];
  await worker.terminate();

  // All texts together would be 150 MB, those of one length 50.
  expect(grown).toBeLessThan(5_000_000);
  expect(known).toEqual([true, true, true]);
});

it('B8 two of one instance that were alike in one round are not in the other', () => {
  const ids = new RecentIds(40_000);
  const long = (n: number): string => `${n}`.padStart(60, '0');
  let taken = 0;
  for (let n = 0; n < 20_000; n += 1) {
    if (ids.has(long(n))) taken += 1;
    ids.add(long(n));
  }

  expect(taken).toBe(0);
});
