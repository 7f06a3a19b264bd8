import type { PlaygroundSandbox } from './playground-sandbox.ts';

const EMPTY = { getItem: () => null, setItem() {}, removeItem() {} };

/** Loads the sandbox when it is needed: the page is shown before, and the worker is installed before. */
export async function loadSandbox(): Promise<typeof PlaygroundSandbox> {
  // msw keeps cookies there when it is loaded. Workers have no storage, some pages may not use theirs, and the sandbox needs none.
  if (!hasStorage()) Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: EMPTY });
  const module = await import('./playground-sandbox.ts');
  return module.PlaygroundSandbox;
}

function hasStorage(): boolean {
  try {
    return Boolean(globalThis.localStorage);
  } catch {
    return false;
  }
}
