import { build } from 'esbuild';
import { afterAll, expect, test, vi } from 'vitest';

// Safari 16.4 has no AbortSignal.any. ky looks for it once, when it is loaded: so these tests have a copy of their own,
// whatever else this process has loaded before.
const { any } = AbortSignal;
Reflect.deleteProperty(AbortSignal, 'any');
const ky = await import(/* @vite-ignore */ await bundledKy());
vi.doMock('ky', () => ky);
vi.resetModules();
const { leavesNothingBehind } = await import('../fixtures/leaves-nothing-behind.ts');

afterAll(() => {
  AbortSignal.any = any;
  vi.doUnmock('ky');
  vi.resetModules();
});

/** The address of a module that no other file has loaded. */
async function bundledKy(): Promise<string> {
  const contents = "export * from 'ky'; export { default } from 'ky';";
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`;
}

test('S2 this engine has no AbortSignal.any', () => {
  expect(AbortSignal).not.toHaveProperty('any');
});

leavesNothingBehind();
