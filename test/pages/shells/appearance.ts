import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { findPaleTexts } from '../vanilla/pale-texts.ts';
import { findSmallTargets } from '../vanilla/small-targets.ts';
import type { Shell } from './shell.ts';

const widths = [360, 390, 704, 960, 1280, 2200];

/** @param getShell A newly opened app. */
export function testAppearance(getShell: () => Shell, getEngine: () => Engine): void {
  describe('the appearance', () => {
    let shell: Shell;

    beforeAll(async () => {
      shell = getShell();
      await shell.page.click('.message summary');
    });

    it('fits every width, without horizontal scrolling', async () => {
      for (const width of widths) {
        await shell.page.resize({ width, height: 800 });
        const seen = await shell.page.evaluate(() =>
          [document, document.querySelector('iframe')?.contentDocument].map((one) => {
            const { scrollWidth = 0, clientWidth = 0 } = one?.documentElement ?? {};
            return scrollWidth - clientWidth;
          }),
        );
        expect({ width, seen }).toEqual({ width, seen: [0, 0] });
      }
    });

    it('has readable text, and targets that are large enough for a finger', async () => {
      await shell.page.resize({ width: 390, height: 844 });
      expect(await shell.page.evaluate(findPaleTexts)).toEqual([]);
      expect(await shell.page.evaluate(findSmallTargets)).toEqual([]);
      await getEngine().darken?.(shell.page);
      expect(await shell.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
      expect(await shell.page.evaluate(findPaleTexts)).toEqual([]);
    });

    it('opens a message by keyboard, after the page in the frame', async () => {
      await shell.page.evaluate(() => document.querySelector<HTMLElement>('.skip-link')?.focus());
      await shell.page.press('Enter');
      await shell.page.waitFor(() => document.activeElement?.id === 'native');
      for (let stop = 0; stop < 12; stop++) {
        if (await shell.page.evaluate(() => document.activeElement?.localName === 'summary')) break;
        await shell.page.press('Tab');
      }
      const isOpen = (): Promise<boolean | undefined> =>
        shell.page.evaluate(() => document.activeElement?.parentElement?.hasAttribute('open'));
      const before = await isOpen();
      await shell.page.press('Enter');
      expect(await isOpen()).toBe(!before);
      expect(await shell.problems()).toEqual([]);
    });
  });
}
