import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The packages that a file loads at once. What it imports late is another output. */
async function packagesOf(file: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [`src/cli/${file}`],
    outdir: 'nowhere',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
    platform: 'node',
  });
  const entry = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint === `src/cli/${file}`,
  );
  const found = new Set<string>();
  const visit = (path: string): void => {
    for (const { path: imported, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind !== 'import-statement') continue;
      if (external) found.add(imported);
      else visit(imported);
    }
  };
  visit(entry?.[0] ?? '');
  return [...found].filter((name) => !name.startsWith('node:')).sort();
}

test('help needs no package; the commands read their flags with zod/mini, and load msw as late as they can', async () => {
  expect(await packagesOf('bin.ts')).toEqual([]);
  expect(await packagesOf('sandbox/run-sandbox.ts')).toEqual(['zod/mini']);
  expect(await packagesOf('doctor/run-doctor.ts')).toEqual(['zod/mini']);
});
