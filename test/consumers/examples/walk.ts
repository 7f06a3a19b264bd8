import { beforeAll, describe, expect, it } from 'vitest';
import type { Example } from '../../pages/vanilla/example.ts';
import { readInsight, unlinkBank } from '../../pages/vanilla/walks.ts';
import { WatchedBank } from '../../pages/vanilla/watched-bank.ts';

/** What a person does on the page, from one end to the other. @param getExample A page on which nothing has the focus yet. */
export function testWalk(getExample: () => Example): void {
  describe('from one end to the other', () => {
    let example: Example;
    let bank: WatchedBank;

    beforeAll(async () => {
      example = getExample();
      bank = await WatchedBank.on(example);
    });

    it('is reached by the keyboard', async () => {
      await example.page.press('Tab');
      await example.page.waitFor(() => document.activeElement?.matches('.skip-link'));
      await example.page.press('Enter');
      await example.page.waitFor(() => document.activeElement?.id === 'main');
      expect(await example.problems()).toEqual([]);
    });

    it('answers the widget, and once', async () => {
      await example.page.click('#activity-clear');
      await readInsight(example);
      await bank.link('success');
      await bank.phase('success');
      await unlinkBank(example, example.newestLogin());
      await example.page.click('[data-navigate]');
      await example.page.waitFor(() => document.activeElement?.id === 'accounts');

      const requests = await example.requests();
      expect(new Set(requests.map(({ server }) => server))).toEqual(new Set(['pserver', 'ob']));
      expect(requests.filter(({ state }) => state !== 'answered')).toEqual([]);
      expect(await example.complaints()).toBe('');
      expect(await example.problems()).toEqual([]);
    });

    it('follows a synchronisation that asks for a code', async () => {
      await bank.againWithCode();
      await example.page.type('.code', '123456');
      await example.page.press('Enter');
      await example.absent('.prompt');
      await bank.phase('success');
      for (const kind of ['REDIRECT', 'EMBEDDED']) {
        await example.present(`[data-kind="${kind}"] [data-step="SYNC_ALL_SUCCESS"]`);
      }
      expect(await example.problems()).toEqual([]);
    });

    it('shows that an answer failed, and tries again', async () => {
      await example.misbehave('error-html');
      await example.part('insights', 'error');
      await example.says('#activity-status', 'getInsights failed: HTTP 500.');
      await example.page.click('[data-part="insights"] [data-action="try-again"]');
      await example.part('insights', 'ready');
      expect(await example.complaints()).toBe('');
      expect(await example.problems({ requests: [{ path: '/pserver/execute', status: 500 }] })).toEqual([]);
    });

    it('gets another queue when its own is gone', async () => {
      const queue = await example.text('#poller-queue');
      await bank.misbehave('gone');
      await example.page.click('#poller-nudge');
      await bank.notes('gap', 'expired');
      await bank.notes('reconciled');
      expect(await example.text('#poller-queue')).not.toBe(queue);
      const gone = example.observed.requests.filter(({ status }) => status === 404);
      const requests = gone.map(({ path }) => ({ path, status: 404 }));
      expect(await example.problems({ requests })).toEqual([]);
    });

    it.each([390, 1280])('fits a width of %i', async (width) => {
      await example.page.resize({ width, height: 800 });
      const beyond = await example.page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(beyond).toBe(0);
    });
  });
}
