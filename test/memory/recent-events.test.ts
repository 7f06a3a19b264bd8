import { expect, test } from 'vitest';
import { MOST_EVENTS, RecentEvents } from '../../src/memory/recent-events.ts';

function added(
  count: number,
  events = new RecentEvents<{ number: number }>(),
): RecentEvents<{ number: number }> {
  for (let number = 0; number < count; number += 1) events.add({ number });
  return events;
}

const numbersOf = (events: RecentEvents<{ number: number }>) => events.list().map(({ number }) => number);

test.each([0, 1, 199, 200, 201, 400, 1_000_000])(
  'S6 of %i events, the newest 200 are kept, in order',
  (count) => {
    const first = Math.max(0, count - MOST_EVENTS);
    expect(numbersOf(added(count))).toEqual(Array.from({ length: count - first }, (_, at) => first + at));
  },
);

test('S6 a list is a copy, and its events do not change', () => {
  const events = added(2);
  const list = events.list();
  list.pop();
  expect(numbersOf(events)).toEqual([0, 1]);
  expect(list.every((event) => Object.isFrozen(event))).toBe(true);
});

test.each([0, 3, 200, 250])(
  'S6 after a clear, %i earlier events are gone, and later ones are kept',
  (count) => {
    const events = added(count);
    events.clear();
    expect(events.list()).toEqual([]);
    expect(numbersOf(added(3, events))).toEqual([0, 1, 2]);
    expect(numbersOf(added(201, events))).toHaveLength(MOST_EVENTS);
  },
);
