import { describe, expect, it } from 'vitest';
import { consumers, measureSize } from './measure-size.js';

describe('a page’s bundle', () => {
  it.each(consumers)('does not grow beyond $ceiling bytes with $imports', async ({ imports, ceiling }) => {
    const { gzipped } = await measureSize({ bankside: imports });
    expect(gzipped).toBeLessThanOrEqual(ceiling);
  });
});
