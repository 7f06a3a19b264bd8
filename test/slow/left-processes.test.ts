import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('hold-engines.js', import.meta.url));

/** The programs that were started, by whomever, with this mark in their environment. */
function programsWith(mark: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const isMarked = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
        return isMarked ? [readFileSync(`/proc/${pid}/comm`, 'latin1').trim()] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'engines end with a test that gets a %s',
  async (signal) => {
    const mark = randomUUID();
    const folder = mkdtempSync(join(tmpdir(), 'left-processes-'));
    const child = fork(script, { env: { ...process.env, ENGINES_TEST_MARK: mark, TMPDIR: folder } });
    onTestFinished(() => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    });
    await once(child, 'message');
    const names = programsWith(mark).join();
    for (const name of [/chrom/, /firefox/, /WebKit/, /Xvfb/]) expect(names).toMatch(name);
    child.kill(signal);
    await expect.poll(() => programsWith(mark)).toEqual([]);
  },
);
