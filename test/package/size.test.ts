import { describe, expect, it } from 'vitest';
import { consumers, measureSize } from './measure-size.js';

describe('a page’s bundle', () => {
  it.each(consumers)('is at most $limit bytes with $imports', async ({ imports, limit }) => {
    const { gzipped } = await measureSize(imports);
    expect(gzipped).toBeLessThanOrEqual(limit);
  });
});
