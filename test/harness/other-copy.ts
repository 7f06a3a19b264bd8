import { vi } from 'vitest';

/** The public index of another copy of the package, as of a second bundle on a page. It has classes and state of its own. */
export async function otherCopy(): Promise<typeof import('../../src/index.ts')> {
  vi.resetModules();
  return import('../../src/index.ts');
}
