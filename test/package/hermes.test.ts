import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleEntry } from './bundle-entry.ts';

/** React Native's own compiler. */
const folders: Partial<Record<NodeJS.Platform, string>> = { darwin: 'osx-bin', win32: 'win64-bin' };
const hermesc = join(
  dirname(createRequire(import.meta.url).resolve('hermes-compiler/package.json')),
  'hermesc',
  folders[process.platform] ?? 'linux64-bin',
  'hermesc',
);

describe('the compiler of Hermes', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hermes-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Compiles a script to bytecode. Returns the compiler's messages, and the start of the bytecode. */
  function compile(script: string): { said: string; magic: string | undefined } {
    const [source, compiled] = [join(folder, 'entry.js'), join(folder, 'entry.hbc')];
    rmSync(compiled, { force: true });
    writeFileSync(source, script);
    const { status, stderr } = spawnSync(hermesc, ['-emit-binary', '-w', '-out', compiled, source], {
      encoding: 'utf8',
    });
    const magic = status === 0 ? readFileSync(compiled).subarray(0, 4).toString('hex') : undefined;
    return { said: stderr, magic };
  }

  it.each(['dist/webview-host.js', 'dist/index.js'])('accepts all of %s, unchanged', async (file) => {
    expect(compile(await bundleEntry(file))).toEqual({ said: '', magic: 'c61fbc03' });
  });

  it('rejects syntax that it does not know', () => {
    expect(compile('with (window) { class A { accessor b; } }')).toMatchObject({
      said: expect.stringContaining('error'),
      magic: undefined,
    });
  });
});
