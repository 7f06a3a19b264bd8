import { expect, it } from 'vitest';
import { RecentIds } from '../src/recent-ids.ts';

/** All of them have one hash; two letters each, so that there are 2 ** pairs. */
function alike(pairs: number): string[] {
  let ids = [''];
  for (let pair = 0; pair < pairs; pair += 1) ids = ids.flatMap((id) => [`${id}Aa`, `${id}BB`]);
  return ids;
}

it('says of each id whether it is new', () => {
  const ids = new RecentIds(10);
  expect(['a', 'b', 'a', '', ''].map((id) => ids.add(id))).toEqual([true, true, false, true, false]);
  expect(['a', 'b', 'c', ''].map((id) => ids.has(id))).toEqual([true, true, false, true]);
});

it('Q2 holds the last ones, as many as the limit; those of long ago are gone', () => {
  const ids = new RecentIds(100);
  for (let made = 0; made < 1_000; made += 1) {
    expect(ids.add(`${made}`)).toBe(true);
    if (made >= 99) expect(ids.has(`${made - 99}`)).toBe(true);
    if (made >= 200) expect(ids.has(`${made - 200}`)).toBe(false);
  }
});

it('Q2 one that comes again is refreshed', () => {
  const ids = new RecentIds(10);
  ids.add('kept');
  for (let made = 0; made < 1_000; made += 1) {
    ids.add(`${made}`);
    expect(ids.add('kept')).toBe(false);
  }
});

it('keeps ids of one hash apart, in either generation', () => {
  const known = alike(5);
  const ids = new RecentIds(known.length);
  for (const id of known) expect(ids.add(id)).toBe(true);
  for (const id of known) expect(ids.has(id)).toBe(true);
  expect(ids.has('AaAaAaAaAC')).toBe(false);
  for (const id of known) expect(ids.add(id)).toBe(false);
});

it('S4 takes ids of any form', () => {
  const ids = new RecentIds(10);
  const odd = ['__proto__', 'constructor', '\ud800', '𝒳', 'x'.repeat(10_000)];
  expect(odd.map((id) => ids.has(id))).toEqual(odd.map(() => false));
  expect(odd.map((id) => ids.add(id))).toEqual(odd.map(() => true));
  expect(odd.map((id) => ids.has(id))).toEqual(odd.map(() => true));
});

it('forgets all at once', () => {
  const ids = new RecentIds(2);
  for (const id of ['a', 'b', 'c']) ids.add(id);
  ids.clear();
  expect(['a', 'b', 'c'].map((id) => ids.has(id))).toEqual([false, false, false]);
});
