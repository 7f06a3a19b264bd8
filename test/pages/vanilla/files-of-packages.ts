import { expect, it } from 'vitest';
import type { Example } from './example.ts';

/** What a page without a bundler loads of packages. @param getExample A page on which the inspector has been opened. */
export function testFilesOfPackages(getExample: () => Example): void {
  it('has loaded one file of packages for each entry that it imports', () => {
    const loaded = getExample().asked.filter((path) => path.startsWith('/packages/'));
    expect(loaded.sort()).toEqual([
      '/packages/bankside/bankside.min.js',
      '/packages/bankside/inspector.min.js',
      '/packages/bankside/testing/doubles.min.js',
    ]);
  });
}
