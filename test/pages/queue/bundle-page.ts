import { build } from 'esbuild';

/** A page's script with all that it imports, as one file. */
export async function bundlePage(entryPoint: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: 'iife',
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error('Nothing was bundled');
  return file.text;
}
