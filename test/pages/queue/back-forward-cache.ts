import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { Page } from '../../engines/page.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, RARE, Tab } from './tab.ts';

/** Forth and back with the browser's own buttons: the page is kept as it is, and goes on. */
export function testBackForwardCache(getEngine: () => Engine, getServer: () => QueueServer): void {
  describe('back/forward cache', () => {
    // Firefox keeps no page that holds a lock when it is left, though `pagehide` lets go of it: there it is loaded anew.
    it.runIf(engineUnderTest !== 'firefox').each([false, true])(
      'Q8 a page that is kept holds nothing, and goes on (share: %s)',
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
        const { queueId } = await tab.heard();
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
        // By a click: a script that leaves its own page may never get its answer back to the driver.
        await page.evaluate(() => {
          const button = document.body.appendChild(document.createElement('button'));
          button.textContent = 'Back';
          button.onclick = () => history.back();
        });
        await page.click('button');
        await page.waitFor('() => globalThis.persisted === true');

        const heard = await tab.untilSynced(id);
        expect(heard).toMatchObject({ status: 'polling', queueId, types: SYNC.map(({ event }) => event) });
        expect(heard.told).not.toContain('failure NETWORK');
        expect(await locks(page)).toHaveLength(1);
      },
    );
  });
}

/** The locks of this package that any page of the browser holds, other tests' apart. */
function locks(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].flatMap(({ name = '' }) => (name.startsWith('bankside.') ? [name] : []));
  });
}
