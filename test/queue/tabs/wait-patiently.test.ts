import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitPatiently } from '../../../src/queue/tabs/wait-patiently.ts';
import { VirtualTime } from '../fixtures/virtual-time.ts';

let time: VirtualTime;
let answered: AbortController;
/** What the wait has resolved with; `undefined` if it has not. */
let ended: boolean | undefined;

beforeEach(() => {
  time = new VirtualTime(Date.UTC(2026, 0, 5, 9));
  time.install();
  answered = new AbortController();
  ended = undefined;
});

afterEach(() => {
  time.uninstall();
  vi.unstubAllGlobals();
});

function wait(): void {
  void waitPatiently(2_000, answered.signal).then((isOver) => {
    ended = isOver;
  });
}

/** For so long no timer runs and no message arrives; then the late timers run, and what has arrived comes after them. */
const beBusy = (ms: number): Promise<void> => time.sleep(ms, false);

function expectNothingLeft(): void {
  expect([time.timers, getEventListeners(answered.signal, 'abort').length]).toEqual([0, 0]);
}

describe('Q9 a patient wait', () => {
  it('ends after its time, not before', async () => {
    wait();
    await time.pass(1_999);
    expect(ended).toBeUndefined();
    await time.pass(1);
    await time.settle();
    expect(ended).toBe(true);
    expectNothingLeft();
  });

  it.each([0, 300, 1_999])('ends with the answer after %i ms', async (ms) => {
    wait();
    await time.pass(ms);
    answered.abort();
    await time.settle();
    expect(ended).toBe(false);
    expectNothingLeft();
  });

  it('does not begin where the answer is there', async () => {
    answered.abort();
    wait();
    await time.settle();
    expect(ended).toBe(false);
    expectNothingLeft();
  });

  it.each([0, 400, 1_600, 1_999])(
    'hears an answer that comes after the late timer of a busy stretch, begun after %i ms',
    async (ms) => {
      wait();
      await time.pass(ms);
      await beBusy(2_300);
      answered.abort();
      await time.settle();
      expect(ended).toBe(false);
      expectNothingLeft();
    },
  );

  it('hears an answer that comes one task after its last timer', async () => {
    wait();
    await time.pass(1_999);
    vi.stubGlobal('MessageChannel', undefined); // the next task is then a timer, and comes after this one
    setTimeout(() => answered.abort(), 1);
    await time.pass(1);
    expect(ended).toBe(false);
  });

  it.each([600, 3_000, 61_000])('ends also where each timer comes after %i ms', async (ms) => {
    wait();
    for (let turn = 0; turn < 6 && ended === undefined; turn += 1) await beBusy(ms);
    await time.settle();
    expect(ended).toBe(true);
    expectNothingLeft();
  });
});
