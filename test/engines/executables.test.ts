import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { executables, howToInstall, locate, missingFor } from './executables.js';

const chromium = executables.filter(({ engine }) => engine === 'chromium');

afterEach(() => void vi.unstubAllEnvs());

it('uses the file that CHROME_PATH names, whatever else is installed', () => {
  vi.stubEnv('CHROME_PATH', process.execPath);
  expect(chromium.map(locate)).toEqual([process.execPath]);
  expect(missingFor('chromium')).toEqual([]);
});

it('uses no other file if that one does not run, and reports it', () => {
  vi.stubEnv('CHROME_PATH', join(tmpdir(), 'no-browser'));
  expect(missingFor('chromium')).toEqual(chromium);
  expect(howToInstall(chromium)).toBe(
    `CHROME_PATH names ${join(tmpdir(), 'no-browser')}, which does not run. Install it, or name its file in CHROME_PATH (on Debian: apt-get install --no-install-recommends chromium).`,
  );
});

// On Windows a script is no program, and no version is checked.
it.skipIf(process.platform === 'win32')('skips a command on the path that does not start', async () => {
  const folders = await Promise.all(
    [1, 0].map(async (status) => {
      const folder = await mkdtemp(join(tmpdir(), 'executables-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const file = join(folder, 'chromium');
      await writeFile(file, `#!/bin/sh\nexit ${status}\n`);
      await chmod(file, 0o755);
      return folder;
    }),
  );
  vi.stubEnv('CHROME_PATH', '');
  vi.stubEnv('PATH', folders.join(':'));
  expect(chromium.map(locate)).toEqual([join(`${folders[1]}`, 'chromium')]);
});

it('names all that an engine lacks in one sentence', () => {
  const webkit = executables.filter(({ name }) => name === 'Xvfb' || name === 'WebKitWebDriver');
  expect(howToInstall(webkit)).toBe(
    'Install them, or name their files in BANKSIDE_WEBKIT_DRIVER, BANKSIDE_XVFB (on Debian: apt-get install --no-install-recommends webkit2gtk-driver xvfb).',
  );
});
