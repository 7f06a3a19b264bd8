import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type QueuePoller, WidgetBridge } from '../../src/index.ts';
import { LifeLog } from '../../src/inspector/model/life-log.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { useQueueWorld } from '../queue/fixtures/use-queue-world.ts';
import { marksFinished, settled } from './fixtures/observed.ts';

function newBridge(queue?: QueuePoller) {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport, queue });
  bridge.attach({ handlePServerResponse() {} }, {});
  onTestFinished(() => bridge.dispose());
  return { bridge, transport };
}

function observed(
  bridge: WidgetBridge | undefined,
  poller?: QueuePoller,
  listener?: (event: LifeEvent) => void,
) {
  const emitted: LifeEvent[] = [];
  const stop = observeLife(bridge, poller, (event) => {
    emitted.push(event);
    listener?.(event);
  });
  onTestFinished(stop);
  return emitted;
}

const kindsOf = (emitted: readonly LifeEvent[]) => emitted.map(({ kind }) => kind);

/** Marks that are counted, as after a hash that took too long, differ between observations. */
function withoutMarks(emitted: readonly LifeEvent[]): unknown {
  return JSON.parse(JSON.stringify(emitted).replace(/"#\w+"/g, '"#"'));
}

function logOf(emitted: readonly LifeEvent[]): LifeLog {
  const log = new LifeLog();
  for (const event of emitted) log.add(event);
  return log;
}

describe('S6 who observes a bridge late', () => {
  let world: ReturnType<typeof newBridge>;
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    world = newBridge();
  });
  afterEach(() => void vi.useRealTimers());

  /** Each step of a day, and where the observation may begin. */
  const day = (): readonly (() => unknown)[] => {
    const { bridge, transport } = world;
    const { delegate } = bridge;
    return [
      () => delegate.sendRequestToPServer(null, { type: 'getInsights' }, 'a'),
      () => delegate.sendRequestToOBServer(null, { type: 'getAccounts', n: 1 }, 'same'),
      () => delegate.sendRequestToOBServer(null, { type: 'getAccounts', n: 2 }, 'same'),
      () => delegate.sessionStarted(),
      () => transport.sent[0]?.context.attempt?.({ state: 'sent', count: 1 }),
      () => transport.sent[0]?.answer({ ok: true }),
      () => bridge.handlePServerResponse({}, 'a'),
      () => transport.sent[2]?.answer({ ok: true }),
      () => transport.sent[1]?.answer({ ok: true }),
      () => delegate.sendRequestToPServer(null, { type: 'an id of words', n: 3 }, 'words of an id'),
      () => transport.sent[3]?.fail(new Error('hush')),
      () => delegate.sessionEnded(),
    ];
  };
  test.each(Array.from({ length: 13 }, (_, at) => at))(
    'after %i steps gets the same as one from the beginning',
    async (begin) => {
      const whole = observed(world.bridge);
      const steps = day();
      let late: LifeEvent[] = [];
      for (let step = 0; step <= steps.length; step += 1) {
        if (step === begin) late = observed(world.bridge);
        steps[step]?.();
        await vi.advanceTimersByTimeAsync(100);
      }
      await marksFinished();
      expect(whole).toHaveLength(steps.length);
      expect(withoutMarks(late)).toEqual(withoutMarks(whole));
      expect(new Set(whole.map(({ at }) => at)).size).toBeGreaterThan(5);
    },
  );

  test('and while an event is emitted, gets it once', async () => {
    const { bridge, transport } = world;
    const late: LifeEvent[][] = [];
    for (const type of ['request', 'reply', 'recent'] as const) {
      const off = bridge.on(type, () => {
        off();
        late.push(observed(bridge));
      });
    }
    void bridge.send('pserver', { type: 'getInsights' });
    transport.last.answer({ ok: true });
    await settled();
    expect(late.map(kindsOf)).toEqual([
      ['request', 'reply'],
      ['request', 'reply'],
      ['request', 'reply'],
    ]);
  });

  test('and causes events while it gets the past, gets them after it', async () => {
    const { bridge } = world;
    bridge.delegate.sessionStarted();
    bridge.delegate.registered();
    let isFirst = true;
    const emitted = observed(bridge, undefined, () => {
      if (isFirst) bridge.delegate.sessionEnded();
      isFirst = false;
    });
    expect(emitted).toMatchObject([
      { name: 'sessionStarted' },
      { name: 'registered' },
      { name: 'sessionEnded' },
    ]);
  });

  test('and after it is disposed, gets the end alone', async () => {
    const { bridge } = world;
    bridge.delegate.sessionStarted();
    bridge.dispose();
    const emitted = observed(bridge);
    await settled();
    expect(kindsOf(emitted)).toEqual(['disposed']);
  });

  test('sees a request whose start is forgotten, with its duration, and counts what is pending', async () => {
    const { bridge, transport } = world;
    const send = () => void bridge.send('pserver', { type: 'getInsights' }).catch(() => {});
    for (let count = 0; count < 4; count += 1) send();
    for (let count = 0; count < 300; count += 1) bridge.delegate.sessionStarted();
    await vi.advanceTimersByTimeAsync(2_000);
    transport.sent[0]?.answer({ ok: true });
    transport.sent[1]?.fail(new Error('hush'));
    await settled();
    for (let count = 0; count < 198; count += 1) bridge.delegate.sessionEnded();
    const log = logOf(observed(bridge));
    expect(log.counts).toMatchObject({ pending: 2, answered: 1, failed: 1 });
    const ended: number[] = [];
    log.entries.forEach((entry) => {
      if (entry.kind === 'request' && entry.end) ended.push(entry.end.at - entry.at);
    });
    expect(ended).toEqual([expect.closeTo(2_000, 3), expect.closeTo(2_000, 3)]);
  });
});

describe('S6 who observes a poller late', () => {
  const world = useQueueWorld();

  /** A hash that takes long on the test's clock is given up, for this module and all files after this one. */
  async function passSlowly(ms: number): Promise<void> {
    for (let rest = ms; rest > 0; rest -= 2_000) {
      await world.pass(Math.min(rest, 2_000));
      await marksFinished();
    }
  }

  test('gets its past, and then the same as one from the beginning', async () => {
    const { linxo, sandbox } = world;
    const { id } = linxo.addConnection();
    const poller = world.poller({ channelKind: linxo.channelKind });
    const whole = observed(undefined, poller);
    poller.start();
    await passSlowly(1_000);
    linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
    await passSlowly(3_000);
    const late = observed(undefined, poller);
    sandbox.fault({ kind: 'error', server: 'linxo', status: 503 });
    poller.nudge();
    await passSlowly(500);
    const inTrouble = observed(undefined, poller);
    await passSlowly(2_000);
    await marksFinished();
    // The one from the beginning begins with the status before the first event.
    expect(whole[0]).toMatchObject({ kind: 'queue.status', status: 'idle', previous: undefined });
    expect(kindsOf(whole)).toContain('queue.failure');
    for (const emitted of [late, inTrouble]) {
      expect(withoutMarks(emitted)).toEqual(withoutMarks(whole.slice(1)));
    }
  });

  test('of whose past much is forgotten, gets the rest of the state last, and once', async () => {
    const { poller, id } = await world.trackingPoller();
    for (let count = 0; count < 250; count += 1) {
      poller.nudge();
      await world.pass(2_000);
    }
    const emitted = observed(undefined, poller);
    await marksFinished();
    expect(emitted.slice(0, 200).every(({ kind }) => kind === 'queue.poll')).toBe(true);
    expect(emitted.slice(200)).toMatchObject([
      { kind: 'queue.status', status: 'polling', previous: undefined },
      { kind: 'queue.connection', connectionId: id, status: 'NONE', source: undefined },
      { kind: 'queue.channel', connectionId: id, source: undefined },
      { kind: 'queue.channel', connectionId: id, source: undefined },
    ]);
    const times = emitted.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  test('and its bridge, gets both in the order of their times', async () => {
    const poller = world.poller();
    const { bridge, transport } = newBridge(poller);
    const whole = observed(bridge);
    bridge.delegate.sessionStarted();
    await passSlowly(10);
    poller.start();
    await passSlowly(10);
    void bridge.send('pserver', { type: 'getInsights' });
    await passSlowly(1_000);
    transport.last.answer({ ok: true });
    await passSlowly(3_000);
    const late = observed(bridge);
    await marksFinished();
    expect(kindsOf(whole)).toContain('queue.poll');
    const sinceTheFirst = whole.filter((event) => !('status' in event) || event.status !== 'idle');
    expect(withoutMarks(late)).toEqual(withoutMarks(sinceTheFirst));
  });

  test('after a logout, gets nothing of the user before', async () => {
    const { poller, id } = await world.trackingPoller();
    await poller.stop({ forget: true });
    const emitted = observed(undefined, poller);
    expect(emitted).toMatchObject([{ kind: 'queue.status', status: 'stopped' }]);
    expect(JSON.stringify(emitted)).not.toContain(id);
  });
});
