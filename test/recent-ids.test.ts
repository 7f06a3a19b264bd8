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
