import { describe, expect, it } from 'vitest';
import { packageCosts } from '../../release/package-costs.js';
import { measureSize } from './measure-size.js';

describe('ky and zod', () => {
  it.each([
    ['a custom transport', ['WidgetBridge']],
    ['a native app', ['WidgetBridge', 'nativeTransport']],
    ['another window', ['WidgetBridge', 'portTransport', 'servePort']],
  ])('are not in a page whose bridge sends to %s', async (_what, names) => {
    const imports = { bankside: names };
    const [whole, without] = await Promise.all([measureSize(imports), measureSize(imports, ['ky', 'zod'])]);
    expect(without).toEqual(whole);
  });

  it('are found in a page that imports everything', async () => {
    const added = (await packageCosts()).filter(({ name }) => name !== 'mitt');
    expect(added.map(({ name }) => name)).toEqual(['ky', 'zod']);
    for (const { gzipped } of added) expect(gzipped).toBeGreaterThan(1_000);
  });
});
