import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { startTimer } from '../src/start-timer.ts';
import { startWorker } from './harness/start-worker.ts';

/** What a page with zone.js finds. */
async function ask(supported: Record<string, boolean>): Promise<Record<string, unknown>> {
  const worker = await startWorker(new URL('./fixtures/zoned-page.ts', import.meta.url), { supported });
  try {
    const [found] = await once(worker, 'message');
    return found as Record<string, unknown>;
  } finally {
    await worker.terminate();
  }
}

describe.each([
  [
    'as Angular’s builder writes them, which keep their zone',
    { 'async-await': false, 'async-generator': false },
  ],
  ['of the engine', {}],
])('Q3 Q5 B6 in Angular’s zone, with async functions %s', (_, supported) => {
  const asking = ask(supported);

  it.each([
    ['a control: a timer of the page', true],
    ['a wait', false],
    ['a wait with a signal', false],
    ['a wait that times out', ['TIMEOUT', true]],
    ['a wait that has ended', false],
    ['a poller', false],
    ['a nudge and a wait', false],
    ['a poller that goes on', false],
    ['a request without an answer', false],
    ['a message to a window that is not there', false],
    ['a message to a shell that is not there', false],
    ['a failure', ['TIMEOUT', true]],
    ['an application in the zone of another', [false, false]],
    ['the zone of the callback', true],
    ['another zone', ['setTimeout']],
    ['Angular in another zone', [false, 'setTimeout']],
    ['error', undefined],
  ])('%s: %j', async (name, expected) => {
    expect((await asking)[name]).toEqual(expected);
  });
});

describe('S2 startTimer without Angular', () => {
  it.each([
    ['no Zone', undefined],
    ['something else with that name', { current: undefined }],
    ['an element with that id', { current: { tagName: 'DIV' } }],
  ])('is setTimeout: with %s', (_, zone) => {
    vi.useFakeTimers();
    vi.stubGlobal('Zone', zone);
    const run = vi.fn();
    startTimer(run, 100);
    clearTimeout(startTimer(run, 100));
    vi.advanceTimersByTime(99);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
});
