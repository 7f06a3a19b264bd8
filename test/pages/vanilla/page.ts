import { beforeEach, describe, expect, it } from 'vitest';
import type { Example } from './example.ts';
import { readInsight } from './walks.ts';

/** The stand-in, in the page. */
declare const personetics: { refresh(part: string): void };

export function testPage(getExample: () => Example): void {
  describe("the bank's page", () => {
    let example: Example;

    beforeEach(() => {
      example = getExample();
    });

    it('counts new insights with a command of its own, and again once one has been read', async () => {
      const unread = Number(await example.text('#unread-count'));
      expect(unread).toBe(
        example.server.sandbox?.pserver.insights.filter(({ status }) => status !== 'read').length,
      );

      await readInsight(example);
      await example.says('#unread-count', String(unread - 1));
      expect(await example.text('[data-unread]')).toBe(`${unread - 1} new`);
      expect(await example.problems()).toEqual([]);
    });

    it('shows what the bridge does in the inspector, which is loaded when it is asked for', async () => {
      const isLoaded = (): Promise<boolean> =>
        example.page.evaluate(() => customElements.get('bankside-inspector') !== undefined);
      const rows = () => {
        const shown = document.querySelector('bankside-inspector')?.shadowRoot?.querySelectorAll('.row');
        return [...(shown ?? [])].map(({ textContent }) => textContent);
      };
      expect(await isLoaded()).toBe(false);
      await example.page.click('#inspector-toggle');
      await example.present('bankside-inspector');
      await example.page.evaluate(() => personetics.refresh('subscriptions'));
      await example.page.waitFor(
        `() => (${rows})().some((row) => /getUserSubscriptions.*answered/.test(row))`,
      );
      await example.says('#inspector-toggle', 'Hide the inspector');
      await example.page.click('#inspector-toggle');
      await example.page.waitFor(() => document.querySelector('bankside-inspector') === null);
      expect(await example.problems()).toEqual([]);
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
      await example.page.click('#activity-clear');
      await example.page.evaluate(() => {
        for (const part of ['insights', 'subscriptions']) personetics.refresh(part);
      });
      await example.ready();
      await example.page.click('#activity-filters [data-server="enrich"]');
      await example.page.waitFor(() => {
        const shown = [...document.querySelectorAll<HTMLElement>('#activity > .activity-row:not([hidden])')];
        return shown.map(({ dataset }) => dataset['type']).join() === 'getUserSubscriptions';
      });
      await example.page.click('#activity-filters [data-server="all"]');
      await example.present('#activity [data-type="getInsights"]');
      expect(await example.problems()).toEqual([]);
    });

    it('remembers the last 200 things that happened', async () => {
      await example.page.evaluate(() => {
        for (let i = 0; i < 205; i++) document.querySelector<HTMLElement>('[data-navigate]')?.click();
      });
      await example.page.waitFor(() => {
        const rows = [...document.querySelectorAll<HTMLElement>('#activity > .activity-row')];
        return rows.length === 200 && rows.every(({ dataset }) => dataset['note'] === 'navigateToPage');
      });
      expect(await example.problems()).toEqual([]);
    });
  });
}
