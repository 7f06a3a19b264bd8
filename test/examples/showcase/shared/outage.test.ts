import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionState, QueuePoller, QueueSnapshot } from '../../../../src/index.ts';

// The scripts of the showcase have no declarations here.
const folder = pathToFileURL(resolve('examples/showcase/shared/connections')).href;
const { Outage } = (await import(`${folder}/outage.js`)) as { Outage: new (poller: unknown) => OutageStore };
const { doubtWords } = await import(`${folder}/doubt.js`);
const { wordsOf } = await import(`${folder}/words.js`);
const { phaseOf, phases } = await import(`${folder}/phase.js`);

interface OutageStore {
  follow(announce: (words: string) => void): () => void;
  getSnapshot(): { words: string; next: string; remedy: string | undefined };
  remedy(): void;
}

const NOW = new Date(2026, 0, 5, 14, 3, 20).getTime();

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.stubGlobal('document', { activeElement: null });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** An outage over a queue that the test changes. */
function follow() {
  let queue: Partial<QueueSnapshot> = { status: 'polling' };
  let changed = (): void => {};
  const poller = {
    get status() {
      return queue.status;
    },
    getSnapshot: () => queue,
    subscribe(listener: () => void) {
      changed = listener;
      return () => {};
    },
    start: vi.fn(async () => {}),
    nudge: vi.fn(),
  } satisfies Partial<Record<keyof QueuePoller, unknown>>;
  const said: string[] = [];
  const outage = new Outage(poller);
  const stop = outage.follow((words) => said.push(words));
  return {
    poller,
    said,
    outage,
    stop,
    becomes(next: Partial<QueueSnapshot>): void {
      queue = next;
      changed();
    },
  };
}

function failingUntil(retryAt: number | undefined, status: QueueSnapshot['status'] = 'polling') {
  return { status, failure: { error: {} as never, retryAt } };
}

const nothing = { words: '', next: '', remedy: undefined };

describe('what the showcase says while the queue cannot be read', () => {
  it('Q4 is nothing for two seconds, then the time until the next try, second by second', () => {
    const { outage, said, becomes } = follow();
    becomes(failingUntil(NOW + 14_000));
    vi.advanceTimersByTime(1_900);
    expect(outage.getSnapshot()).toEqual(nothing);
    vi.advanceTimersByTime(200);
    const words = 'Cannot reach the bank’s updates.';
    expect(outage.getSnapshot()).toEqual({ words, next: 'Next try in 12 s.', remedy: 'Try now' });
    vi.advanceTimersByTime(11_000);
    expect(outage.getSnapshot().next).toBe('Next try in 1 s.');
    vi.advanceTimersByTime(1_000);
    expect(outage.getSnapshot().next).toBe('Trying now…');
    becomes(failingUntil(Date.now() + 240_000));
    expect(outage.getSnapshot().next).toBe('Next try in 4 min.');
    becomes({ status: 'polling' });
    expect(outage.getSnapshot()).toEqual(nothing);
    expect(said).toEqual([words, 'The bank’s updates are back.']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('Q4 is nothing at all for a failure that is over sooner', () => {
    const { outage, said, becomes } = follow();
    becomes(failingUntil(NOW + 1_000));
    vi.advanceTimersByTime(1_500);
    becomes({ status: 'polling' });
    vi.advanceTimersByTime(60_000);
    expect(outage.getSnapshot()).toEqual(nothing);
    expect(said).toEqual([]);
  });

  it('Q7 offers to start again after the poller has ended, and to try while it has not', () => {
    const { outage, poller, becomes, stop } = follow();
    becomes(failingUntil(NOW + 60_000));
    outage.remedy();
    expect(poller.nudge).toHaveBeenCalledTimes(1);
    becomes(failingUntil(undefined, 'failed'));
    vi.advanceTimersByTime(2_100);
    expect(outage.getSnapshot()).toMatchObject({ next: '', remedy: 'Start again' });
    outage.remedy();
    expect(poller.start).toHaveBeenCalledTimes(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('offers nothing during a pause', () => {
    const { outage, becomes, stop } = follow();
    becomes(failingUntil(undefined, 'paused'));
    vi.advanceTimersByTime(2_100);
    expect(outage.getSnapshot()).toMatchObject({ next: '', remedy: undefined });
    stop();
  });
});

describe('what the showcase says of a connection', () => {
  it('Q4 names the time that what is shown is of, with the day if that is another one', () => {
    expect(doubtWords({ updatedAt: NOW / 1_000 - 60 })).toBe('as of 14:02, being checked');
    expect(doubtWords({ updatedAt: NOW / 1_000 - 86_400 })).toBe('as of 4 Jan, 14:03, being checked');
  });

  it.each([
    ['PARTIAL_SUCCESS', 'Partly read'],
    ['CLOSED', 'Closed'],
    ['EMPTY', 'No accounts'],
    ['SERVER_ERROR', 'Server error'],
  ])('Q3 has words for the status %s of a channel', (status, words) => {
    expect(wordsOf(status)).toBe(words);
  });

  it('Q3 does not call a closed connection failed', () => {
    const closed: Partial<ConnectionState> = { syncing: false, status: 'CLOSED', action: undefined };
    expect(phaseOf(closed)).toBe('closed');
    expect(phases.closed.text('Kaasmolen Bank')).toBe('All your accounts at Kaasmolen Bank are closed.');
  });
});
