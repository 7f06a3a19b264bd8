import { describe, expect, it } from 'vitest';
import { Example, type Setting } from '../../pages/vanilla/example.ts';
import { linkBank, readInsight, unlinkBank } from '../../pages/vanilla/walks.ts';

/** What a person can read, without the minute that each page was loaded in. */
function textOf(example: Example): Promise<string> {
  return example.page.evaluate(() => {
    const lines = (document.querySelector('main')?.innerText ?? '').split('\n');
    return lines
      .map((line) => line.trim().replace(/updated .*/, 'updated'))
      .filter(Boolean)
      .join('\n');
  });
}

export function testSamePage(getSetting: () => Setting): void {
  describe('the page', () => {
    it('reads like the vanilla one', async () => {
      const example = await Example.open(getSetting());
      const vanilla = await Example.open({ ...getSetting(), pageFolder: undefined });
      await vanilla.present('#poller[data-status="polling"]');
      expect(await textOf(example)).toBe(await textOf(vanilla));
      expect(await textOf(example)).toContain('Rainy-day savings');
      await example.close();
      await vanilla.close();
    });

    it('answers the widget from one end to the other, and once', async () => {
      const example = await Example.open(getSetting());
      await example.page.click('#activity-clear');
      await readInsight(example);
      await linkBank(example, 'kaasmolen', 'nl-kaasmolen-bank');
      await unlinkBank(example, example.newestLogin());
      await example.page.click('[data-navigate]');
      await example.page.waitFor(() => document.activeElement?.id === 'accounts');

      const requests = await example.requests();
      expect(new Set(requests.map(({ server }) => server))).toEqual(new Set(['pserver', 'ob']));
      expect(requests.filter(({ state }) => state !== 'answered')).toEqual([]);
      expect(await example.complaints()).toBe('');
      expect(await example.problems()).toEqual([]);
      await example.close();
    });
  });
}
