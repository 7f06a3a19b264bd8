import { afterAll, expect, test, vi } from 'vitest';
import { leavesNothingBehind } from './leftovers.ts';

// Safari 16.4 has no AbortSignal.any. It must be gone before anything is loaded that may look for it.
const { any } = vi.hoisted(() => {
  const { any } = AbortSignal;
  Reflect.deleteProperty(AbortSignal, 'any');
  return { any };
});
afterAll(() => {
  AbortSignal.any = any;
});

test('S2 this engine has no AbortSignal.any', () => {
  expect(AbortSignal).not.toHaveProperty('any');
});

leavesNothingBehind();
