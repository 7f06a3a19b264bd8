import { expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, Tab, untilAgreed } from './tab.ts';

/** A tab whose script blocks it. */
export function testStandingStill(getEngine: () => Engine, getServer: () => QueueServer): void {
  it('Q9 a blocked tab is replaced, and follows when it continues', async () => {
    const server = getServer();
    const engine = getEngine();
    const { linxo } = server.sandbox;
    const user = newUser();
    const a = await Tab.open(engine, server, { user, tab: 'a' }, '/isolated');
    const b = await Tab.open(engine, server, { user, tab: 'b' });
    const { id } = linxo.addConnection();

    const release = await block(a, server);
    await b.until(({ status }) => status !== 'following');
    const since = server.visits.length;
    // Its greeting to the blocked tab waits, too.
    const late = await Tab.open(engine, server, { user, tab: 'late' });
    linxo.synchronise(id, SYNC);
    await b.untilSynced(id);
    await late.untilSynced(id);
    expect(server.readers(since)).toEqual(['b']);
    release();
    await a.until(({ status }) => status === 'following');

    const [ofA, ofB, ofLate] = await untilAgreed(a, b, late);
    expect(ofB?.events).toEqual(linxo.published.slice(-SYNC.length).map(({ event }) => event.id));
    expect([ofA?.events, ofLate?.events]).toEqual([ofB?.events, ofB?.events]);
    expect([ofA?.status, ofB?.status, ofLate?.status]).toEqual(['following', 'polling', 'following']);
  });
}

/**
 * Blocks the page until the returned function is called, with a synchronous request. In Firefox, which delivers
 * messages during that, with a loop.
 */
async function block(tab: Tab, server: QueueServer): Promise<() => void> {
  const release = server.keepWaiting();
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
  return release;
}
