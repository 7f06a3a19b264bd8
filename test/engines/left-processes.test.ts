import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { engineUnderTest } from './engine-under-test.ts';

const script = fileURLToPath(new URL('hold-engine.js', import.meta.url));

/** The running programs with this mark in their environment. */
function programsWith(mark: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const isMarked = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
        return isMarked ? [readFileSync(`/proc/${pid}/comm`, 'latin1').trim()] : [];
      } catch {
        // The process has ended meanwhile.
        return [];
      }
    });
}

const programs = { chromium: [/chrom/], firefox: [/firefox/], webkit: [/WebKit/, /Xvfb/] };

// No other system ends a program with its parent, or has files with the environment of all processes.
describe.runIf(process.platform === 'linux')(`the processes of ${engineUnderTest}`, () => {
  it.concurrent.for(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'end with a test that gets a %s',
    async (signal, { expect, onTestFinished }) => {
      const mark = randomUUID();
      const folder = mkdtempSync(join(tmpdir(), 'left-processes-'));
      const child = fork(script, [engineUnderTest], {
        env: { ...process.env, ENGINES_TEST_MARK: mark, TMPDIR: folder },
      });
      onTestFinished(() => {
        child.kill('SIGKILL');
        rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
      });
      await once(child, 'message');
      const names = programsWith(mark).join();
      for (const name of programs[engineUnderTest]) expect(names).toMatch(name);
      child.kill(signal);
      await expect.poll(() => programsWith(mark)).toEqual([]);
    },
  );
});
