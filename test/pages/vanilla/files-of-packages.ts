import { describe, expect, it } from 'vitest';
import { Example, type Setting } from './example.ts';

/** What a page without a bundler loads of packages: one file for each entry that it imports, when it imports it. */
export function testFilesOfPackages(getSetting: () => Setting): void {
  describe('the files of packages', () => {
    it('are one for each entry', async () => {
      const example = await Example.open(getSetting());
      const loaded = (): string[] =>
        example.observed.requests.map(({ path }) => path).filter((path) => path.startsWith('/packages/'));
      const first = ['/packages/bankside/bankside.min.js', '/packages/bankside/testing/doubles.min.js'];
      expect(loaded().sort()).toEqual(first);

      await example.page.click('#inspector-toggle');
      await example.present('bankside-inspector');
      expect(loaded().sort()).toEqual([first[0], '/packages/bankside/inspector.min.js', first[1]]);
      await example.close();
    });
  });
}
