import { describe, expect, it } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import { hangs, ScriptedQueue, status } from './fixtures/scripted-queue.ts';
import { StandInTabs } from './fixtures/stand-in-tabs.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();
const MINUTE = 60_000;

type Way = [name: string, back: (poller: QueuePoller) => void];

/** What shows that the user has not left the page, or is back. */
const WAYS: readonly Way[] = [
  ['pageshow from the back/forward cache', () => world.page.dispatch('pageshow', { persisted: true })],
  ['pageshow of a page that was not cached', () => world.page.dispatch('pageshow', { persisted: false })],
  ['pageshow without persisted', () => world.page.dispatch('pageshow')],
  ['visibilitychange to visible', () => world.page.show(true)],
  ['online', () => world.page.dispatch('online')],
  ['the resume event', () => void world.page.document.dispatchEvent(new Event('resume'))],
  ['nudge', (poller) => poller.nudge()],
  ['resume', (poller) => poller.resume()],
  ['start', (poller) => void poller.start()],
  ['track', (poller) => poller.track('connection-2')],
  ['whenSynced', (poller) => void poller.whenSynced('connection-2').catch(() => {})],
];

describe('Q5 a page that was said to be left', () => {
  it.each(WAYS)('polls again after %s', async (_name, back) => {
    const poller = await world.idlePoller();
    const { queueId } = poller;
    world.page.dispatch('pagehide');
    await world.pass(5 * MINUTE);
    expect(world.arrived()).toEqual([]);
    expect(world.time.timers).toBe(0);

    back(poller);
    await world.pass(100);

    expect(world.arrived()[0]).toBe('queue');
    expect([poller.status, poller.queueId]).toEqual(['polling', queueId]);
  });

  it('is paused, and not polling, until it is back', async () => {
    const poller = await world.idlePoller();
    const seen: string[] = [];
    poller.on('status', (event) => seen.push(event.status));
    world.page.dispatch('pagehide');
    expect([poller.status, poller.nextPollIn]).toEqual(['paused', undefined]);
    world.page.dispatch('pageshow', { persisted: false });
    await world.pass(100);
    expect(poller.status).toBe('polling');
    expect(poller.nextPollIn).toBeGreaterThan(0);
    expect(seen).toEqual(['paused', 'polling']);
  });

  it('says that it polls, although the read of before is still under way', async () => {
    const server = new ScriptedQueue().next('poll', () => status(204));
    const poller = world.poller({ fetch: server.fetch });
    await poller.start();
    server.next('poll', hangs);
    poller.nudge();
    await world.pass(1_500);
    world.page.dispatch('pagehide');
    expect(poller.status).toBe('paused');
    world.page.dispatch('pageshow', { persisted: false });
    expect(poller.status).toBe('polling');
    expect(poller.nextPollIn).toBeDefined();
    await world.pass(40_000);
    expect(server.requests('poll').length).toBeGreaterThan(2);
  });

  it('says that it polls also while it waits as the server has asked', async () => {
    const server = new ScriptedQueue().always('poll', () => status(503, { 'retry-after': '120' }));
    const poller = world.poller({ fetch: server.fetch });
    poller.start().catch(() => {});
    await world.pass(1_000);
    world.page.dispatch('pagehide');
    world.page.dispatch('pageshow');
    await world.pass(1_000);
    expect(server.requests('poll')).toHaveLength(1);
    expect(poller.status).toBe('polling');
    expect(poller.nextPollIn).toBeGreaterThan(110_000);
  });

  it.each(WAYS.filter(([name]) => name !== 'resume'))(
    'Q8 that is paused too stays so after %s, and goes on after resume',
    async (_name, back) => {
      const poller = await world.idlePoller();
      poller.pause();
      world.page.dispatch('pagehide');
      back(poller);
      await world.pass(MINUTE);
      expect(world.arrived()).toEqual([]);
      expect(poller.status).toBe('paused');
      poller.resume();
      await world.pass(100);
      expect(world.arrived()[0]).toBe('queue');
    },
  );

  it('Q8 finishes the read in flight, and delivers its events', async () => {
    const poller = await world.idlePoller();
    const { id } = world.linxo.addConnection();
    world.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' });
    world.sandbox.fault({ server: 'linxo', type: 'queue', kind: 'slow', ms: 4_000 });
    poller.nudge();
    await world.pass(1_000);
    world.page.dispatch('pagehide');
    await world.pass(4_000);
    expect(poller.connections.get(id)?.status).toBe('RUNNING');
    expect(poller.status).toBe('paused');
  });

  it('Q8 leaves nothing when it is stopped, and starts again', async () => {
    const server = new ScriptedQueue().next('poll', () => status(204), hangs);
    const poller = world.poller({ fetch: server.fetch });
    poller.start();
    await world.pass(3_000);
    world.page.dispatch('pagehide');
    await poller.stop();
    expect(poller.status).toBe('stopped');
    expect(world.time.timers).toBe(0);
    world.page.dispatch('pageshow');
    await world.pass(MINUTE);
    expect(poller.status).toBe('stopped');
    poller.start();
    await world.pass(100);
    expect(poller.status).toBe('polling');
  });

  it('Q8 left and back many times: one read at a time, and not more than one in a second', async () => {
    const poller = await world.idlePoller();
    for (let times = 0; times < 100; times += 1) {
      world.page.dispatch('pagehide');
      world.page.dispatch('pageshow');
      await world.pass(100);
      expect(world.inFlight).toBeLessThanOrEqual(1);
    }
    expect(world.arrived().length).toBeLessThanOrEqual(11);
    expect(poller.status).toBe('polling');
  });
});

describe('Q9 a tab that was said to be left', () => {
  it('is replaced at once, and follows when it is nudged', async () => {
    const tabs = new StandInTabs();
    tabs.install();
    const first = world.poller({ user: 'user-1' });
    first.start();
    await world.pass(10);
    const second = world.poller({ user: 'user-1' });
    second.start();
    await world.pass(1_000);
    world.page.dispatch('pagehide'); // of both, since they stand on one page
    expect([first.status, second.status]).toEqual(['paused', 'paused']);
    await world.pass(100);
    expect(tabs.openCount).toBe(0);
    second.nudge();
    await world.pass(2_000);
    first.nudge();
    await world.pass(2_000);
    expect([first.status, second.status]).toEqual(['following', 'polling']);
    await Promise.all([first.stop(), second.stop()]);
    tabs.uninstall();
  });
});
