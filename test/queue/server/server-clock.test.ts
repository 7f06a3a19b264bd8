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

it('is the page’s until the server tells its own, which outranks it from then on', () => {
  const clock = new ServerClock();
  expect([clock.now(), clock.isSure]).toEqual([SECONDS, false]);
  clock.hear(new Headers());
  clock.hear(new Headers({ date: 'when the moon is full' }));
  expect([clock.now(), clock.isSure]).toEqual([SECONDS, false]);
  clock.hear(dated(NOW - 3_600_000));
  expect([clock.now(), clock.isSure]).toEqual([SECONDS - 3_600, true]);
});

it('goes on by a clock that nobody can set', async () => {
  const clock = new ServerClock();
  time.set(-3_600_000);
  await time.pass(5_000);
  expect(clock.now()).toBe(SECONDS + 5);
});

it('an event from the future moves it ahead; one from the past does not move it back', () => {
  const clock = new ServerClock();
  clock.see(SECONDS + 60);
  expect(clock.now()).toBe(SECONDS + 60);
  clock.see(SECONDS - 60);
  expect(clock.now()).toBe(SECONDS + 60);
  expect(clock.isSure).toBe(false);
});

it('an event from the future moves it ahead, however many from the past came before', async () => {
  const clock = new ServerClock();
  clock.see(SECONDS - 60);
  clock.see(SECONDS + 1);
  expect(clock.now()).toBe(SECONDS + 1);
  await time.pass(10_000);
  clock.see(SECONDS + 5);
  expect(clock.now()).toBe(SECONDS + 11);
  clock.see(SECONDS + 12);
  expect(clock.now()).toBe(SECONDS + 12);
});

it('set back by the server, it is moved ahead again by an event that was none from the future before', () => {
  const clock = new ServerClock();
  clock.see(SECONDS);
  clock.hear(dated(NOW - 3_600_000));
  clock.see(SECONDS - 60);
  expect(clock.now()).toBe(SECONDS - 60);
});

it.each([1e300, 8.1e12])('S4 an event of %d, which is no date, does not move it', (date) => {
  const clock = new ServerClock();
  clock.see(date);
  expect(clock.now()).toBe(SECONDS);
  clock.see(SECONDS + 60);
  expect(clock.now()).toBe(SECONDS + 60);
});
