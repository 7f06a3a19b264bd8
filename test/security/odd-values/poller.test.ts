import { describe, expect, it, vi } from 'vitest';
import { isBanksideError, type QueuePollerOptions } from '../../../src/index.ts';
import { ScriptedQueue } from '../../queue/fixtures/scripted-queue.ts';
import { useQueueWorld } from '../../queue/fixtures/use-queue-world.ts';
import { oddValues } from './odd-values.ts';
import { wayNames, ways } from './raising.ts';
import { expectAllHandled } from './unhandled.ts';

const world = useQueueWorld();
expectAllHandled();

/** Fails at its first call, and then does what another function does. */
function failingFirst<Args extends unknown[], Result>(
  fail: () => never,
  then: (...args: Args) => Result,
): (...args: Args) => Result {
  let count = 0;
  return (...args) => {
    count += 1;
    return count === 1 ? fail() : then(...args);
  };
}

describe.each(oddValues)('S4 Q10 %s', (_name, make) => {
  describe.each(wayNames)('%s', (way) => {
    const raise = ways[way];

    it.each<[string, (server: ScriptedQueue) => Partial<QueuePollerOptions>]>([
      ['the token function', () => ({ accessToken: failingFirst(raise(make()), () => 'token') })],
      ['fetch', ({ fetch }) => ({ fetch: failingFirst(raise(make()), fetch) })],
      ['the function headers', () => ({ headers: failingFirst(raise(make()), () => ({})) })],
    ])('S4 Q7 by %s: one failure, and the poller goes on', async (_place, options) => {
      const server = new ScriptedQueue();
      const given = { fetch: server.fetch, accessToken: 'token', ...options(server) };
      const { poller, emitted } = world.recordedPoller(given as QueuePollerOptions);
      poller.start();
      await world.pass(120_000);

      expect(emitted.failure.map(({ error }) => error.code)).toEqual(['NETWORK']);
      expect(poller.status).toBe('polling');
      expect(server.requests('poll').length).toBeGreaterThan(1);
    });

    it('S4 by handlers', async () => {
      vi.stubGlobal('reportError', vi.fn());
      const server = new ScriptedQueue();
      const poller = world.poller({ fetch: server.fetch });
      const handler = vi.fn(raise(make()));
      for (const type of ['status', 'poll', 'subscribed'] as const) poller.on(type, handler);
      poller.subscribe(raise(make()));
      poller.start();
      await world.pass(120_000);

      expect(poller.status).toBe('polling');
      expect(handler.mock.calls.length).toBeGreaterThan(3);
      await poller.stop();
      vi.unstubAllGlobals();
    });
  });

  it('S4 as the reason of a signal', async () => {
    const abort = new AbortController();
    const server = new ScriptedQueue();
    const { poller } = world.recordedPoller({ fetch: server.fetch, signal: abort.signal });
    await poller.start();
    const waiting = poller.whenSynced('c1').catch((error: unknown) => error);
    const one = new AbortController();
    const alone = poller.whenSynced('c1', { signal: one.signal }).then(
      () => 'resolved',
      () => 'rejected',
    );
    one.abort(make());
    abort.abort(make());
    await world.pass(1_000);

    expect(poller.status).toBe('stopped');
    expect(isBanksideError(await waiting, 'DISPOSED')).toBe(true);
    expect(await alone).toBe('rejected');
  });
});
