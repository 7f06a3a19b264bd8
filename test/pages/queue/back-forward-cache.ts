import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { Page } from '../../engines/page.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, RARE, Tab } from './tab.ts';

/** Goes forward and back with the browser's buttons: the page is kept, and goes on. */
export function testBackForwardCache(getEngine: () => Engine, getServer: () => QueueServer): void {
  describe('back/forward cache', () => {
    // Firefox does not cache a page that held a lock, although `pagehide` releases it: there the page reloads.
    it.runIf(engineUnderTest !== 'firefox').each([false, true])(
      'Q8 a cached page holds no lock and no request, and continues later (share: %s)',
      async (share) => {
        const server = getServer();
        const { linxo } = server.sandbox;
        const tab = await Tab.open(getEngine(), server, {
          user: newUser(),
          share,
          tab: 'kept',
          schedule: RARE,
        });
        const { page } = tab;
        const { id } = linxo.addConnection();
        const { queueId } = await tab.recorded();
        await page.evaluate(() => {
          addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted }));
        });
        expect(await locks(page)).toHaveLength(1);
        await expect
          .poll(() => server.visits.every(({ status }) => !/pending|held/.test(`${status}`)))
          .toBe(true);

        await page.goto(`${server.url}/next`);
        expect(await locks(page)).toEqual([]);
        linxo.synchronise(id, SYNC);
        await expect.poll(() => linxo.isSynchronising(id)).toBe(false);
        // By a click: the driver may never get the result of a script that navigates away.
        await page.evaluate(() => {
          const button = document.body.appendChild(document.createElement('button'));
          button.textContent = 'Back';
          button.onclick = () => history.back();
        });
        await page.click('button');
        await page.waitFor('() => globalThis.persisted === true');

        const recorded = await tab.untilSynced(id);
        expect(recorded).toMatchObject({ status: 'polling', queueId, types: SYNC.map(({ event }) => event) });
        expect(recorded.pollerEvents).not.toContain('failure NETWORK');
        expect(await locks(page)).toHaveLength(1);
      },
    );
  });
}

/** The locks of this package in the browser, except those of other tests. */
function locks(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].flatMap(({ name = '' }) => (name.startsWith('bankside.') ? [name] : []));
  });
}
