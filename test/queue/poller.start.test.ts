import { describe, expect, it } from 'vitest';
import { breaks, hangs, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

/** The current result of a promise. */
function watch(promise: Promise<unknown>): { result: unknown } {
  const seen: { result: unknown } = { result: 'open' };
  promise.then(
    () => {
      seen.result = 'started';
    },
    (error: unknown) => {
      seen.result = error;
    },
  );
  return seen;
}

describe('start resolves', () => {
  it('once there is a queue, with the status polling', async () => {
    const { poller, emitted } = world.recordedPoller();
    expect(poller.status).toBe('idle');
    expect(poller.queueId).toBeUndefined();

    const started = watch(poller.start());
    expect(poller.status).toBe('subscribing');
    await world.pass(0);

    expect(started.result).toBe('started');
    expect(poller.status).toBe('polling');
    expect(poller.queueId).toBe(world.linxo.queues()[0]?.id);
    expect(emitted.status.map(({ previous, status: is }) => `${previous} ${is}`)).toEqual([
      'idle subscribing',
      'subscribing polling',
    ]);
  });

  it('with the queue of the options, once that has been read', async () => {
    const queueId = world.linxo.subscribe();
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'network' });
    const { poller, emitted } = world.recordedPoller({ queueId });
    const started = watch(poller.start());
    await world.pass(0);
    expect(emitted.resumed).toEqual([{ queueId }]);
    expect(started.result).toBe('open');

    await world.pass(4_000);

    expect(started.result).toBe('started');
    expect(emitted.subscribed).toEqual([]);
    expect(world.sandbox.log.some(({ type }) => type === 'subscribe')).toBe(false);
  });

  it('with another queue if that of the options has expired', async () => {
    const { poller, emitted } = world.recordedPoller({ queueId: 'of-yesterday' });
    const started = watch(poller.start());
    await world.pass(0);

    expect(started.result).toBe('started');
    expect(emitted.expired).toEqual([{ queueId: 'of-yesterday' }]);
    expect(emitted.subscribed).toHaveLength(1);
    expect(emitted.failure).toEqual([]);
  });

  it('after transient failures, however long they last', async () => {
    const failing = Array.from({ length: 8 }, (_, index) => (index % 2 ? breaks : () => status(502)));
    const server = new ScriptedQueue().next('subscribe', ...failing);
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    const started = watch(poller.start());
    await world.pass(20_000);
    expect(started.result).toBe('open');

    await world.pass(600_000);

    expect(started.result).toBe('started');
    expect(emitted.failure).toHaveLength(8);
  });

  it('for a second call at the same time, without a second queue; and at once later', async () => {
    const poller = world.poller();
    const both = [watch(poller.start()), watch(poller.start())];
    await world.pass(0);
    await poller.start();

    expect(both.map(({ result }) => result)).toEqual(['started', 'started']);
    expect(world.linxo.queues()).toHaveLength(1);
  });

  it('again after stop, with the same queue', async () => {
    const poller = world.poller();
    poller.start();
    await world.pass(0);
    const { queueId } = poller;
    await poller.stop();
    expect(poller.status).toBe('stopped');

    const started = watch(poller.start());
    await world.pass(2_000);

    expect(started.result).toBe('started');
    expect(poller.queueId).toBe(queueId);
    expect(world.linxo.queues()).toHaveLength(1);
  });

  it('after resume if it was paused before; nothing is sent until then', async () => {
    const poller = world.poller();
    poller.pause();
    const started = watch(poller.start());
    await world.pass(3_600_000);
    expect(started.result).toBe('open');
    expect(poller.status).toBe('paused');
    expect(world.sandbox.log).toHaveLength(0);

    poller.resume();
    await world.pass(0);

    expect(started.result).toBe('started');
  });
});

describe('start rejects', () => {
  it('with HTTP if subscribing is a bad request', async () => {
    const server = new ScriptedQueue().always('subscribe', () => status(400));
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, topics: ['nothing'] });
    const started = watch(poller.start());
    await world.pass(3_600_000);

    expect(started.result).toMatchObject({ code: 'HTTP', details: { type: 'subscribe', status: 400 } });
    expect(emitted.failure).toEqual([{ error: started.result, retryIn: undefined }]);
    expect(server.sent).toHaveLength(1);
  });

  it('with DISPOSED if it is stopped; a request in flight is aborted', async () => {
    const server = new ScriptedQueue().always('subscribe', hangs);
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch });
    const started = watch(poller.start());
    await world.pass(1_000);

    await poller.stop();
    await world.pass(0);

    expect(started.result).toMatchObject({ code: 'DISPOSED' });
    expect(server.sent[0]?.request.signal.aborted).toBe(true);
    expect(poller.status).toBe('stopped');
    expect(emitted.failure).toEqual([]);
  });

  it.each([
    ['before it', true],
    ['meanwhile', false],
  ])('with DISPOSED and the reason if its signal aborts %s', async (_name, isBefore) => {
    const abort = new AbortController();
    const reason = new Error('the page is closed');
    const server = new ScriptedQueue().always('subscribe', hangs);
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, signal: abort.signal });
    if (isBefore) abort.abort(reason);
    const started = watch(poller.start());
    await world.pass(10);
    abort.abort(reason);
    await world.pass(10_000);

    expect(started.result).toMatchObject({ code: 'DISPOSED' });
    expect((started.result as Error).cause).toBe(reason);
    expect(poller.status).toBe('stopped');
    expect(emitted.failure).toEqual([]);
    expect(server.sent).toHaveLength(isBefore ? 0 : 1);
  });

  it('and no rejection is unhandled', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const server = new ScriptedQueue().always('subscribe', () => status(400));
    world.poller({ fetch: server.fetch }).start();
    const stopped = world.poller({ fetch: new ScriptedQueue().fetch });
    stopped.start();
    stopped.stop();

    await world.pass(1_000);
    process.off('unhandledRejection', note);

    expect(unhandled).toEqual([]);
  });

  it('and can be called again once the cause is gone', async () => {
    const server = new ScriptedQueue().next('subscribe', () => status(400));
    const poller = world.poller({ fetch: server.fetch });
    const first = watch(poller.start());
    await world.pass(0);
    expect(poller.status).toBe('failed');

    const second = watch(poller.start());
    await world.pass(2_000);

    expect(first.result).toMatchObject({ code: 'HTTP' });
    expect(second.result).toBe('started');
  });
});
