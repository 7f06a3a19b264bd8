import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer } from './consumer.ts';

/** A page that takes one small function of the package, and must get none of the rest. */
const page = `import { isBanksideError } from 'bankside'; console.log(isBanksideError(window.value));`;

interface Bundle {
  readonly code: string;
  readonly warnings: readonly string[];
}

async function withEsbuild(entry: string): Promise<Bundle> {
  const { outputFiles, warnings } = await esbuild({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  return { code: outputFiles[0]?.text ?? '', warnings: warnings.map(({ text }) => text) };
}

async function withRollup(entry: string): Promise<Bundle> {
  const warnings: string[] = [];
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ browser: true })],
    onwarn: ({ message }) => warnings.push(message),
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return { code: output[0].code, warnings };
}

async function withVite(entry: string): Promise<Bundle> {
  const warnings: string[] = [];
  const result = await vite({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['es'] },
      rollupOptions: { onwarn: ({ message }) => warnings.push(message ?? '') },
    },
  });
  const [bundle] = [result].flat();
  const output = bundle && 'output' in bundle ? bundle.output : undefined;
  return { code: output?.[0].code ?? '', warnings };
}

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
});

afterAll(() => {
  consumer.remove();
});

describe.each([
  ['esbuild', withEsbuild],
  ['Rollup', withRollup],
  ['Vite', withVite],
])('a page that is bundled with %s', (_name, bundle) => {
  it('gets what it imports and nothing else, without a warning', async () => {
    const { code, warnings } = await bundle(consumer.write('page.js', page));
    expect(warnings).toEqual([]);
    expect(code).toContain('bankside.error');
    expect(code).not.toMatch(/WidgetBridge|httpTransport|mitt/);
  });
});
