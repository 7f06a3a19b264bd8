import { build } from 'esbuild';
import { expect, test } from 'vitest';

async function packagesIn(entry: string): Promise<readonly string[]> {
  const entryPoints = [`src/testing/${entry}`];
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
    platform: 'node',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))];
}

test('the stand-ins that need no msw need no zod either', async () => {
  expect(await packagesIn('doubles.ts')).not.toContain('zod/mini');
  expect(await packagesIn('doubles.ts')).not.toContain('msw');
});

test('the sandbox reads its options with zod/mini, and full zod is nowhere', async () => {
  for (const entry of ['index.ts', 'server/index.ts', 'server/command/bin.ts']) {
    const packages = await packagesIn(entry);
    expect(packages).toContain('zod/mini');
    expect(packages).not.toContain('zod');
  }
});
