import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { startCrossOriginBank } from './cross-origin-bank.ts';
import { Example } from './example.ts';
import { readInsight } from './walks.ts';

/** The stand-in, in the page. */
declare const personetics: { refresh(part: string): void };

export function testPage(getEngine: () => Engine): void {
  describe("the bank's page", () => {
    let example: Example;

    beforeAll(async () => {
      example = await Example.open(getEngine());
    });

    beforeEach(() => example.observed.reset());

    afterAll(() => example.close());

    it('counts new insights with a command of its own, and again once one has been read', async () => {
      const unread = Number(await example.text('#unread-count'));
      expect(unread).toBe(example.server.sandbox?.pserver.insights.filter(({ seen }) => !seen).length);

      await readInsight(example);
      await example.says('#unread-count', String(unread - 1));
      expect(await example.text('[data-unread]')).toBe(`${unread - 1} new`);
      expect(await example.problems()).toEqual([]);
    });

    it('sends the command that is asked for, and shows the answer or why there is none', async () => {
      const { page } = example;
      await page.click('#own-command [type="submit"]');
      await example.present('#own-answer[data-state="ready"]');
      expect(JSON.parse((await example.text('#own-answer')) ?? '')).toMatchObject({ ok: true });

      await page.type('#own-type', 'X');
      await page.click('#own-command [type="submit"]');
      await example.present('#own-answer[data-state="error"]');
      expect((await example.requests())[0]).toMatchObject({ server: 'pserver', code: 'HTTP 404' });
      expect(await example.problems({ requests: [{ path: '/pserver/execute', status: 404 }] })).toEqual([]);
    });

    it('starts the widget anew when another shape is clicked, and leaves what was pending behind', async () => {
      await example.page.evaluate(() => personetics.refresh('subscriptions'));
      await example.page.click('input[name="callShape"][value="d"]');
      await example.present('#widget-root[data-call-shape="d"]');
      await example.ready();
      expect(await example.complaints()).toBe('');
      const aborted = { path: '/enrich/execute', status: 'aborted' } as const;
      expect(await example.problems({ requests: [aborted, ...example.readsCutOff()] })).toEqual([]);
    });

    it('follows a swipe through the insights', async () => {
      await example.page.evaluate(() => {
        const track = document.querySelector('.carousel-track');
        const third = document.querySelectorAll<HTMLElement>('.carousel-slide')[2];
        track?.dispatchEvent(new PointerEvent('pointerdown'));
        track?.scrollTo({ left: third?.offsetLeft ?? 0, behavior: 'instant' });
      });
      await example.present('.carousel[data-index="2"]');
      await readInsight(example);
      expect(await example.problems()).toEqual([]);
    });

    it('shows the requests of one server where that is asked for', async () => {
      await example.restart({ callShape: 'a' });
      await example.page.click('#activity-filters [data-server="enrich"]');
      const shown = await example.page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('#activity > .activity-row:not([hidden])')].map(
          ({ dataset }) => dataset['type'],
        ),
      );
      expect(shown).toEqual(['getSubscriptions']);
      await example.page.click('#activity-filters [data-server="all"]');
      expect(await example.problems({ requests: example.readsCutOff() })).toEqual([]);
    });

    it('remembers the last 200 things that happened', async () => {
      await example.page.evaluate(() => {
        for (let i = 0; i < 205; i++) document.querySelector<HTMLElement>('[data-navigate]')?.click();
      });
      const rows = await example.rows();
      expect(rows).toHaveLength(200);
      expect(new Set(rows.map(({ title }) => title))).toEqual(new Set(['navigateToPage']));
      expect(await example.problems()).toEqual([]);
    });

    it('talks to real endpoints at another origin by configuration alone', async () => {
      const bank = await startCrossOriginBank();
      const real = await Example.open(getEngine(), {
        BANKSIDE_PSERVER_URL: `${bank.url}/pserver/execute`,
        BANKSIDE_ENRICH_URL: `${bank.url}/enrich/execute`,
        BANKSIDE_OB_URL: `${bank.url}/ob/execute`,
        BANKSIDE_TOKEN_URL: `${bank.url}/token`,
        BANKSIDE_BANK_ID: '4711',
      });
      expect((await real.requests()).filter(({ state }) => state !== 'answered')).toEqual([]);
      const commands = bank.requests.filter(({ path }) => path !== '/token');
      expect(commands).toHaveLength(6);
      expect(commands.filter(({ bankId, hasToken }) => bankId !== '4711' || !hasToken)).toEqual([]);

      const hidden = await real.page.evaluate(() =>
        [...document.querySelectorAll('main > [hidden], #bridge-panel [hidden][id]')].map(({ id }) => id),
      );
      expect(hidden).toEqual(
        expect.arrayContaining(['connections', 'faults', 'poller', 'next-sync', 'queue-faults']),
      );
      expect(await real.problems()).toEqual([]);
      await real.close();
      await bank.close();
    });
  });
}
