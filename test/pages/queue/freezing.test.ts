import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { Page } from '../../engines/page.ts';
import { type Chromium, launchChromium } from '../../engines/puppeteer-engine.ts';
import { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, RARE, Tab, untilAgreed } from './tab.ts';

// No other engine can freeze a page on request.
describe.runIf(engineUnderTest === 'chromium')('a frozen page in chromium', () => {
  let engine: Chromium;
  let server: QueueServer;

  beforeAll(async () => {
    server = await QueueServer.start();
    engine = await launchChromium();
  });

  afterAll(async () => {
    await engine?.close();
    await server?.close();
  });

  /** Freezes a page: it gets no timers, messages or answers, as in a tab that was hidden for long. */
  async function become(page: Page, state: 'frozen' | 'active'): Promise<void> {
    const devtools = await engine.devtools(page);
    await devtools.send('Page.setWebLifecycleState', { state });
    await devtools.detach();
  }

  it('Q5 it polls once when it resumes, although there is no visibilitychange', async () => {
    const { linxo } = server.sandbox;
    const tab = await Tab.at(server.url, engine, server);
    // Freezing on request also hides the page. A page that Chromium freezes by itself is hidden already.
    await tab.page.evaluate(() => {
      document.addEventListener('visibilitychange', (event) => event.stopImmediatePropagation());
    });
    await tab.follow({ schedule: RARE });
    const { id } = linxo.addConnection();
    await expect.poll(() => server.reads().at(-1)?.status).toBe(204);
    const before = server.reads().length;

    await become(tab.page, 'frozen');
    linxo.synchronise(id, SYNC);
    await expect.poll(() => linxo.isSynchronising(id)).toBe(false);
    expect(server.reads()).toHaveLength(before);
    await become(tab.page, 'active');

    const { types } = await tab.untilSynced(id);
    expect(types).toEqual(SYNC.map(({ event }) => event));
    expect(server.reads()).toHaveLength(before + 1);
  });

  it('Q9 a tab that is frozen in the middle of a read is replaced, and follows when it resumes', async () => {
    const { linxo } = server.sandbox;
    const user = newUser();
    const a = await Tab.open(engine, server, { user, tab: 'a' });
    // The frozen tab still answers other tabs: `b` waits for its read as long as a read may take.
    const b = await Tab.open(engine, server, { user, tab: 'b', timeout: 10_000 });
    const { id } = linxo.addConnection();
    for (const tab of [a, b]) await tab.page.evaluate((connectionId) => poller.track(connectionId), id);
    // Both tabs know it: a read of the connection in flight would be blocked too, and no poll would follow.
    for (const tab of [a, b])
      await tab.page.waitFor((connectionId) => poller.connections.has(connectionId), id);
    await untilAgreed(a, b);

    // A read has removed these events from the queue, and is in flight when the page freezes.
    const release = server.hold(200);
    for (const channel of ['REDIRECT', 'EMBEDDED']) linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel });
    const { queueId } = await b.recorded();
    await expect.poll(() => linxo.queues().find((queue) => queue.id === queueId)?.held).toBe(0);
    await become(a.page, 'frozen');
    release();
    await b.until(({ status }) => status === 'polling');
    const since = server.visits.length;
    linxo.synchronise(id, SYNC.slice(2));
    await b.untilSynced(id);
    const late = await Tab.open(engine, server, { user, tab: 'late' });
    await late.untilSynced(id);
    expect(server.readers(since)).toEqual(['b']);
    await b.until(({ pollerEvents }) => pollerEvents.includes('gap aborted'));

    await become(a.page, 'active');
    await a.until(({ status }) => status === 'following');
    // It still shares the events of its read.
    for (const tab of [a, b]) await tab.until(({ types }) => types.length >= 6);
    const recorded = await untilAgreed(a, b, late);
    const all = linxo.published.slice(-SYNC.length).map(({ event }) => event.id);
    for (const tab of recorded.slice(0, 2)) expect([...tab.events].sort()).toEqual([...all].sort());
    expect(recorded.map(({ status }) => status)).toEqual(['following', 'polling', 'following']);
  });
});
