import { expect, it } from 'vitest';
import { Example, type Setting } from '../../pages/vanilla/example.ts';

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
  it('reads like the vanilla page', async () => {
    const example = await Example.open(getSetting());
    const vanilla = await Example.open({ ...getSetting(), pageFolder: undefined });
    for (const page of [example, vanilla]) await page.present('#poller[data-status="polling"]');
    expect(await textOf(example)).toBe(await textOf(vanilla));
    expect(await textOf(example)).toContain('Rainy-day savings');
    await example.close();
    await vanilla.close();
  });
}
