import { Session } from 'node:inspector';
import { expect, it } from 'vitest';
import { RecentIds } from '../src/recent-ids.ts';

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

it('B8 tells long ids apart, of which it keeps little', () => {
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
  const ids = new RecentIds(1_000);
  // In V8, a part of a text keeps all of it.
  const idOf = (n: number, length: number): string => `${n}`.padStart(1_000_000, 'x').slice(-length);
  const before = await usedHeap();
  for (let n = 0; n < 50; n += 1) {
    ids.add(idOf(n, 30));
    ids.add(idOf(n, 41));
    ids.add(idOf(n, 1_000_000));
  }
  const after = await usedHeap();

  // All texts together would be 150 MB, those of one length 50: what else goes on in this process takes far less.
  expect(after - before).toBeLessThan(25_000_000);
  expect([30, 41, 1_000_000].map((length) => ids.has(idOf(49, length)))).toEqual([true, true, true]);
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

/** In bytes, of what can be reached. */
async function usedHeap(): Promise<number> {
  const session = new Session();
  session.connect();
  await new Promise((resolve) => setTimeout(resolve));
  session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  return process.memoryUsage().heapUsed;
}
