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
function follow(queue: Partial<QueueSnapshot> = { status: 'polling' }) {
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
    resume: vi.fn(),
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

/** A poll that this error status was the answer to. */
function refusedUntil(retryAt: number, httpStatus: number, status: QueueSnapshot['status'] = 'polling') {
  return {
    status,
    failure: { error: { code: 'HTTP', details: { status: httpStatus } } as never, retryAt },
  } as const;
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

  it('Q7 says that it is paused, and offers to go on', () => {
    const { outage, poller, becomes, stop } = follow();
    becomes(failingUntil(NOW + 9_000));
    vi.advanceTimersByTime(2_100);
    becomes(failingUntil(undefined, 'paused'));
    expect(outage.getSnapshot()).toEqual({
      words: 'The bank’s updates are paused.',
      next: '',
      remedy: 'Resume',
    });
    outage.remedy();
    expect(poller.resume).toHaveBeenCalledTimes(1);
    expect(poller.nudge).not.toHaveBeenCalled();
    becomes(failingUntil(Date.now() + 9_000));
    expect(outage.getSnapshot()).toMatchObject({ next: 'Next try in 9 s.', remedy: 'Try now' });
    stop();
  });

  it('Q7 offers to start again when the page has stopped it during an outage', () => {
    const { outage, poller, becomes, stop } = follow();
    becomes(failingUntil(undefined, 'stopped'));
    vi.advanceTimersByTime(2_100);
    expect(outage.getSnapshot()).toMatchObject({
      words: 'The bank’s updates have stopped.',
      remedy: 'Start again',
    });
    outage.remedy();
    expect(poller.start).toHaveBeenCalledTimes(1);
    stop();
  });

  it.each([429, 503])('Q7 offers no try that the bank has asked not to make, with %i', (status) => {
    const { outage, said, becomes, stop } = follow();
    becomes(refusedUntil(NOW + 32_000, status));
    vi.advanceTimersByTime(2_000);
    const words = 'The bank asks us to wait.';
    expect(outage.getSnapshot()).toEqual({ words, next: 'Next try in 30 s.', remedy: undefined });
    vi.advanceTimersByTime(29_000);
    // It is as long as it was asked for, also when little of it is left.
    expect(outage.getSnapshot()).toEqual({ words, next: 'Next try in 1 s.', remedy: undefined });
    expect(said).toEqual([words]);
    stop();
  });

  it('Q7 offers a try while the pause is the poller’s own, however long that gets', () => {
    const { outage, becomes, stop } = follow();
    for (const pause of [3_000, 6_000, 12_000, 24_000, 48_000, 90_000, 90_000]) {
      becomes(refusedUntil(Date.now() + pause, 503));
      vi.advanceTimersByTime(pause - 100);
      expect(outage.getSnapshot()).toMatchObject({
        words: 'Cannot reach the bank’s updates.',
        remedy: 'Try now',
      });
    }
    becomes(refusedUntil(Date.now() + 100_000, 503));
    expect(outage.getSnapshot()).toMatchObject({ words: 'The bank asks us to wait.', remedy: undefined });
    stop();
  });

  it('Q7 offers a try again after another poll that the bank has not answered with a pause', () => {
    const { outage, becomes, stop } = follow();
    becomes(refusedUntil(NOW + 32_000, 429));
    vi.advanceTimersByTime(32_000);
    becomes(failingUntil(Date.now() + 6_000));
    expect(outage.getSnapshot()).toMatchObject({ next: 'Next try in 6 s.', remedy: 'Try now' });
    stop();
  });

  it('Q7 counts the failures from the last try that was asked for', () => {
    const { outage, becomes, stop } = follow();
    for (let failures = 0; failures < 6; failures += 1) becomes(refusedUntil(NOW + 3_000, 503));
    outage.remedy();
    becomes(refusedUntil(NOW + 32_000, 503));
    vi.advanceTimersByTime(2_000);
    expect(outage.getSnapshot()).toMatchObject({ words: 'The bank asks us to wait.' });
    stop();
  });

  it('Q7 knows of the pause that the bank has asked for after one that the page has made', () => {
    const { outage, becomes, stop } = follow();
    const { failure } = refusedUntil(NOW + 62_000, 429);
    becomes({ status: 'paused', failure: { ...failure, retryAt: undefined } });
    vi.advanceTimersByTime(2_100);
    becomes({ status: 'polling', failure });
    expect(outage.getSnapshot()).toMatchObject({ words: 'The bank asks us to wait.', remedy: undefined });
    stop();
  });

  it('Q7 offers a try where it does not know how often polls have failed before', () => {
    const retried = { words: 'Cannot reach the bank’s updates.', remedy: 'Try now' };
    const begun = follow(refusedUntil(NOW + 80_000, 503));
    const elsewhere = follow();
    elsewhere.becomes(refusedUntil(NOW + 80_000, 503, 'following'));
    vi.advanceTimersByTime(2_000);
    expect(begun.outage.getSnapshot()).toMatchObject(retried);
    expect(elsewhere.outage.getSnapshot()).toMatchObject(retried);
    begun.stop();
    elsewhere.stop();
  });

  it('Q7 counts the failures of each outage from its beginning', () => {
    const { outage, becomes, stop } = follow();
    for (let failures = 0; failures < 6; failures += 1) becomes(refusedUntil(NOW + 3_000, 503));
    becomes({ status: 'polling' });
    becomes(refusedUntil(Date.now() + 32_000, 503));
    vi.advanceTimersByTime(2_000);
    expect(outage.getSnapshot()).toMatchObject({ words: 'The bank asks us to wait.' });
    stop();
  });
});

describe('what the showcase says of a connection', () => {
  it('Q4 names the time that what is shown is of, with the day if that is another one', () => {
    const queue = { status: 'polling' };
    expect(doubtWords({ updatedAt: NOW / 1_000 - 60 }, queue)).toBe('as of 14:02, being checked');
    expect(doubtWords({ updatedAt: NOW / 1_000 - 86_400 }, queue)).toBe('as of 4 Jan, 14:03, being checked');
  });

  const checked = 'as of 14:03, being checked';
  it.each([
    [{ status: 'polling' }, checked],
    [{ status: 'following' }, checked],
    [{ status: 'subscribing' }, checked],
    [failingUntil(NOW + 5_000), checked],
    [failingUntil(undefined, 'failed'), 'as of 14:03'],
    [failingUntil(undefined, 'paused'), 'as of 14:03'],
    [{ status: 'paused' }, 'as of 14:03'],
    [{ status: 'stopped' }, 'as of 14:03'],
    [{ status: 'idle' }, 'as of 14:03'],
  ])('Q4 says that it is being checked only while something is going to read it: %j', (queue, words) => {
    expect(doubtWords({ updatedAt: NOW / 1_000 }, queue)).toBe(words);
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
