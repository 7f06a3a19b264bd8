import { expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, Tab, untilAgreed } from './tab.ts';

/** A tab whose script goes on and on, so that nothing else runs in it. */
export function testStandingStill(getEngine: () => Engine, getServer: () => QueueServer): void {
  it('Q9 a tab that stands still is replaced, and follows when it goes on', async () => {
    const server = getServer();
    const engine = getEngine();
    const { linxo } = server.sandbox;
    const user = newUser();
    const a = await Tab.open(engine, server, { user, tab: 'a' }, '/isolated');
    const b = await Tab.open(engine, server, { user, tab: 'b' });
    const { id } = linxo.addConnection();

    const goOn = await standStill(a, server);
    await b.until(({ status }) => status !== 'following');
    const since = server.visits.length;
    // Its greeting waits at the tab that stands still, too.
    const late = await Tab.open(engine, server, { user, tab: 'late' });
    linxo.synchronise(id, SYNC);
    await b.untilSynced(id);
    await late.untilSynced(id);
    expect(server.readers(since)).toEqual(['b']);
    goOn();
    await a.until(({ status }) => status === 'following');

    const [ofA, ofB, ofLate] = await untilAgreed(a, b, late);
    expect(ofB?.events).toEqual(linxo.published.slice(-SYNC.length).map(({ event }) => event.id));
    expect([ofA?.events, ofLate?.events]).toEqual([ofB?.events, ofB?.events]);
    expect([ofA?.status, ofB?.status, ofLate?.status]).toEqual(['following', 'polling', 'following']);
  });
}

/**
 * Keeps the page from doing anything until the function returned is called: it waits for an answer. In Firefox, which
 * lets the page's messages in meanwhile, it goes round and round.
 */
async function standStill(tab: Tab, server: QueueServer): Promise<() => void> {
  const goOn = server.keepWaiting();
  await tab.page.evaluate((isFirefox) => {
    const wait = (): void => {
      const request = new XMLHttpRequest();
      request.open('GET', '/later', false);
      request.send();
    };
    const turn = (): void => {
      const flag = new Int32Array(new SharedArrayBuffer(4));
      const worker = new Worker('/flag.js');
      worker.postMessage(flag);
      worker.onmessage = () => {
        while (Atomics.load(flag, 0) === 0);
      };
    };
    setTimeout(isFirefox ? turn : wait);
  }, engineUnderTest === 'firefox');
  return goOn;
}
