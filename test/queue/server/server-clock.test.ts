import { afterEach, beforeEach, expect, it } from 'vitest';
import { ServerClock } from '../../../src/queue/server/server-clock.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const SECONDS = NOW / 1_000;
let time: VirtualTime;

beforeEach(() => {
  time = new VirtualTime(NOW);
  time.install();
});

afterEach(() => time.uninstall());

function dated(ms: number): Headers {
  return new Headers({ date: new Date(ms).toUTCString() });
}

it('is the page’s clock until the server sends its own', () => {
  const clock = new ServerClock();
  expect(clock.now()).toBe(SECONDS);
  clock.readDate(new Headers());
  clock.readDate(new Headers({ date: 'when the moon is full' }));
  expect(clock.now()).toBe(SECONDS);
  clock.readDate(dated(NOW - 3_600_000));
  expect(clock.now()).toBe(SECONDS - 3_600);
});

it('runs by the monotonic clock', async () => {
  const clock = new ServerClock();
  time.set(-3_600_000);
  await time.pass(5_000);
  expect(clock.now()).toBe(SECONDS + 5);
});

it('an event from the future moves it forward; one from the past does not move it back', () => {
  const clock = new ServerClock();
  clock.readEventDate(SECONDS + 60);
  expect(clock.now()).toBe(SECONDS + 60);
  clock.readEventDate(SECONDS - 60);
  expect(clock.now()).toBe(SECONDS + 60);
});

it('an event from the future moves it forward, even after events from the past', async () => {
  const clock = new ServerClock();
  clock.readEventDate(SECONDS - 60);
  clock.readEventDate(SECONDS + 1);
  expect(clock.now()).toBe(SECONDS + 1);
  await time.pass(10_000);
  clock.readEventDate(SECONDS + 5);
  expect(clock.now()).toBe(SECONDS + 11);
  clock.readEventDate(SECONDS + 12);
  expect(clock.now()).toBe(SECONDS + 12);
});

it('after the server has set it back, an event moves it forward again', () => {
  const clock = new ServerClock();
  clock.readEventDate(SECONDS);
  clock.readDate(dated(NOW - 3_600_000));
  clock.readEventDate(SECONDS - 60);
  expect(clock.now()).toBe(SECONDS - 60);
});

it.each([1e300, 8.1e12])('S4 an event with %d, which is not a date, does not move it', (date) => {
  const clock = new ServerClock();
  clock.readEventDate(date);
  expect(clock.now()).toBe(SECONDS);
  clock.readEventDate(SECONDS + 60);
  expect(clock.now()).toBe(SECONDS + 60);
});
