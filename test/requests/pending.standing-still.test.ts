import { afterEach, describe, expect, it, vi } from 'vitest';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp } = bridgeTests();

const BODY = { type: 'getInsights' };

/** Time passes, and nothing runs: not even timers that are due. */
function standStill(ms: number): void {
  const stood = performance.now() + ms;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => stood);
  vi.runOnlyPendingTimers();
  clock.mockRestore();
  // From here on, the clock goes on from there.
  const offset = stood - performance.now();
  const { now } = performance;
  vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + offset);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('B15 a page that stood still past a deadline', () => {
  it('B15 takes what was answered meanwhile', async () => {
    const { delegate, transport, widget, events } = setUp({ timeout: 1_000 });
    delegate.sendRequestToPServer(BODY, 'r1');
    standStill(60_000);
    transport.last.answer({ ok: true });
    await turn();
    vi.advanceTimersByTime(5_000);

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
    expect(events.codes).toEqual([]);
  });

  it('B15 B6 gives up soon what was not, and says for how long it stood still', async () => {
    const { delegate, transport, widget, events } = setUp({ timeout: 1_000 });
    delegate.sendRequestToPServer(BODY, 'r1');
    standStill(60_000);
    expect(widget.replies).toEqual([]);
    vi.advanceTimersByTime(1_000);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(transport.last.context.signal.aborted).toBe(true);
    expect(events.errors).toMatchObject([
      { code: 'TIMEOUT', details: { timeout: 1_000, stoodStill: 59_000, elapsed: 61_000 } },
    ]);
    expect(events.errors[0]?.message).toMatch(
      /^No answer in 1000 ms; the page stood still for 59000 ms of it \(/,
    );
  });

  it('B15 puts each request off once, however often it stands still', async () => {
    const { delegate, widget } = setUp({ timeout: 1_000 });
    delegate.sendRequestToPServer(BODY, 'r1');
    standStill(60_000);
    standStill(60_000);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('B15 does not put off those that are not due, nor those that come later', async () => {
    const { delegate, widget, events } = setUp({
      timeout: ({ requestId }) => (requestId === 'long' ? 100_000 : 1_000),
    });
    delegate.sendRequestToPServer(BODY, 'short');
    delegate.sendRequestToPServer(BODY, 'long');
    standStill(60_000);
    delegate.sendRequestToPServer(BODY, 'later');
    vi.advanceTimersByTime(999);
    expect(widget.replies).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(widget.replies.map(([, id]) => id)).toEqual(['short', 'later']);
    vi.advanceTimersByTime(39_000);
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['short', 'later', 'long']);
    expect(events.errors.map(({ details }) => (details as { stoodStill?: number }).stoodStill)).toEqual([
      59_000,
      undefined,
      undefined,
    ]);
  });

  it('B6 a page that runs is not put off', () => {
    const { delegate, widget, events } = setUp({ timeout: 1_000 });
    delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(1_000);

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.errors[0]?.details).not.toHaveProperty('stoodStill', expect.anything());
  });
});
