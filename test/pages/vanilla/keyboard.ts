import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Example } from './example.ts';

/** More than the page has places to stop at. */
const mostStops = 120;

/** @param getExample A page on which nothing has the focus yet. */
export function testKeyboard(getExample: () => Example): void {
  describe('without a mouse', () => {
    let example: Example;

    beforeAll(() => {
      example = getExample();
    });

    afterEach(async () => {
      expect(await example.complaints()).toBe('');
      expect(await example.problems()).toEqual([]);
    });

    const focusIsOn = (selector: string): Promise<boolean> =>
      example.page.evaluate((css) => document.activeElement?.matches(css) ?? false, selector);

    const waitForFocus = (selector: string): Promise<boolean> =>
      example.page.waitFor((css) => document.activeElement?.matches(css) ?? false, selector);

    /** Beyond the last stop of the page are those of the browser, and Firefox never hands the focus back as it was. */
    async function tabTo(selector: string): Promise<void> {
      await example.present(selector);
      for (let stop = 0; stop < mostStops; stop++) {
        if (await focusIsOn(selector)) return;
        await example.page.press('Tab');
      }
      throw new Error(`${selector} is not to be reached with the Tab key`);
    }

    it('begins with a way past the header', async () => {
      await example.page.press('Tab');
      await waitForFocus('.skip-link');
      await example.page.press('Enter');
      await waitForFocus('#main');
    });

    it('goes through the insights with the arrow keys, says where it is, and opens the one in view', async () => {
      const { page } = example;
      const button = '.carousel-slide:not([inert]) [data-action="details"]';
      await tabTo(button);
      await page.press('ArrowRight');
      await example.present('.carousel[data-index="1"]');
      await example.says('.carousel [role="status"]', '2 of 6: ');
      await waitForFocus(button);

      await page.press('End');
      await example.present('.carousel[data-index="5"]');
      expect(
        await page.evaluate(() => document.querySelectorAll('.carousel-slide:not([inert])').length),
      ).toBe(1);
      expect(await page.evaluate(() => document.querySelector('[data-step="forward"]')?.ariaDisabled)).toBe(
        'true',
      );
      await page.press('ArrowRight', 'ArrowLeft');
      await example.present('.carousel[data-index="4"]');

      await waitForFocus(button);
      await page.press('Enter');
      await example.part('insight-story', 'ready');
      expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
      await page.press('Escape');
      await example.absent('dialog');
      await waitForFocus(button);
    });

    it('moves with the buttons, which keep the focus to the end of the row', async () => {
      const { page } = example;
      await tabTo('[data-step="forward"]');
      await page.press('Enter', 'Enter', 'Enter');
      await example.present('.carousel[data-index="5"]');
      expect(await focusIsOn('[data-step="forward"]')).toBe(true);
      await page.waitFor(() => {
        const track = document.querySelector('.carousel-track');
        const slide = document.querySelector('.carousel-slide:not([inert])');
        if (!track || !slide) return false;
        return Math.abs(track.getBoundingClientRect().left - slide.getBoundingClientRect().left) < 2;
      });
    });

    it('asks before a bank is unlinked, and takes Escape for a no', async () => {
      const { page } = example;
      await tabTo('[data-login="login-1"] [data-action="unlink"]');
      await page.press('Enter');
      await waitForFocus('[data-modal="unlink"] [value="cancel"]');
      await page.press('Escape');
      await example.absent('dialog');
      await waitForFocus('[data-login="login-1"] [data-action="unlink"]');

      await page.press('Enter');
      await tabTo('[data-modal="unlink"] [value="confirm"]');
      await page.press('Enter');
      await example.absent('[data-login="login-1"]');
      await example.part('linked', 'ready');
      await waitForFocus('#part-linked');
      await example.says('[data-part="linked"] [role="status"]', 'Banque du Héron Bleu is unlinked.');
    });

    it('finds a bank, links it, and is led to what comes of it', async () => {
      const { page } = example;
      await tabTo('#bank-search');
      await page.press(...'gamsen', 'Enter');
      await example.says('.find-bank > [role="status"]', '1 bank found.');
      await example.part('bank-results', 'ready');
      await tabTo('[data-institution]');
      await page.press('Enter');
      await waitForFocus('#part-bank-results');
      await tabTo('[data-done]');
      await page.press('Enter');
      await waitForFocus('.sync h3');
      await example.present('[data-status="PENDING"]');
    });

    it('tries again from an error, and loses no focus on the way', async () => {
      const { page } = example;
      await tabTo('[data-fault="garbage"]');
      await page.press('Enter');
      await example.part('insights', 'error');
      await page.evaluate(() => document.querySelector<HTMLElement>('#main')?.focus());
      await tabTo('[data-action="try-again"]');
      await page.press('Enter');
      await waitForFocus('#part-insights');
      await example.part('insights', 'ready');
    });
  });
}
