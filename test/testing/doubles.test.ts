import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The packages that each entry needs, by the entry's path. */
async function packagesIn(...entries: string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { metafile } = await build({
    entryPoints: entries.map((entry) => `src/testing/${entry}`),
    outdir: 'nowhere',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
    platform: 'node',
  });
  return new Map(
    Object.values(metafile.outputs).map(({ entryPoint = '', imports }) => [
      entryPoint.replace('src/testing/', ''),
      imports.map(({ path }) => path),
    ]),
  );
}

test('the stand-ins that need no msw need no zod either; the sandbox has zod/mini, and full zod is nowhere', async () => {
  const withSandbox = ['index.ts', 'server/index.ts'];
  const packages = await packagesIn('doubles.ts', ...withSandbox);

  expect(packages.get('doubles.ts')).toEqual([]);
  for (const entry of withSandbox) {
    expect(packages.get(entry)).toEqual(expect.arrayContaining(['msw', 'zod/mini']));
    expect(packages.get(entry)).not.toContain('zod');
  }
});
