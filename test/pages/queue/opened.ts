import { describe, expect, it, onTestFinished } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { FollowingPage, Recorded } from './following-page.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { QUICK, RARE, Tab } from './tab.ts';

declare global {
  /** The page that this one has opened, with a copy of its storage. */
  var opened: (Window & FollowingPage & typeof globalThis) | undefined;
}

/** A page that opens another one, in a tab in front of it. */
export function testOpened(getEngine: () => Engine, getServer: () => QueueServer): void {
  describe('opened pages', () => {
    it('Q9 a duplicated tab has its own queue', async () => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const tab = await Tab.open(getEngine(), server, { tab: 'first' });
      await openAnother(tab);
      const accessToken = server.sandbox.issueAccessToken();
      await tab.page.evaluate((given) => opened?.follow(given).start(), {
        accessToken,
        tab: 'copy',
        schedule: QUICK,
      });
      const { id } = linxo.addConnection();
      linxo.synchronise(id, SYNC);

      const first = await tab.untilSynced(id);
      const copy = await tab.page.waitFor<[], Recorded>(
        '() => opened.recorded().events.length >= 6 && opened.recorded()',
      );
      expect(copy.queueId).not.toBe(first.queueId);
      expect([copy.types, first.types]).toEqual([
        SYNC.map(({ event }) => event),
        SYNC.map(({ event }) => event),
      ]);
      for (const who of ['first', 'copy']) {
        const queues = server
          .reads()
          .filter(({ tab }) => tab === who)
          .map(({ path }) => path);
        expect(new Set(queues)).toEqual(new Set([`queues/${(who === 'copy' ? copy : first).queueId}`]));
      }
    });

    // WebKitGTK opens a second window, and both are visible.
    it.runIf(engineUnderTest !== 'webkit')(
      'Q5 Q8 a hidden page finishes its read, and polls once when it becomes visible',
      async () => {
        const server = getServer();
        const { linxo } = server.sandbox;
        const tab = await Tab.open(getEngine(), server, { tab: 'seen', schedule: RARE });
        const { id } = linxo.addConnection();
        await expect.poll(() => server.reads().at(-1)?.status).toBe(204);
        const mine = (): number => server.reads().filter(({ tab }) => tab === 'seen').length;
        const before = mine();

        linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });
        const release = server.hold();
        await tab.page.evaluate(() => poller.nudge());
        await expect.poll(mine).toBe(before + 1);
        await openAnother(tab);
        await tab.page.waitFor(() => document.visibilityState === 'hidden');
        release();
        await tab.until(({ types }) => types.length === 1);

        await tab.page.evaluate(() => opened?.close());
        await tab.page.waitFor(() => document.visibilityState === 'visible');
        await expect.poll(mine).toBe(before + 2);
        await tab.page.evaluate(() => poller.nudge());
        await expect.poll(mine).toBeGreaterThan(before + 2);
        expect(mine()).toBe(before + 3);
      },
    );
  });
}

/** Opens another page as a user does, and waits for it. */
async function openAnother({ page }: Tab): Promise<void> {
  await page.evaluate(() => {
    const button = document.body.appendChild(document.createElement('button'));
    button.textContent = 'Open';
    button.onclick = () => {
      globalThis.opened = window.open('/') as typeof opened;
    };
  });
  await page.click('button');
  await page.waitFor(
    () =>
      opened?.location.pathname === '/' && 'follow' in opened && opened.document.readyState === 'complete',
  );
  onTestFinished(async () => {
    await page.evaluate(() => opened?.close()).catch(() => {});
  });
}
