import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { subpathFolders } from '../../release/subpath-folders.js';

const run = promisify(execFile);
const command = resolve('release/pack.js');

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The one error of the command in a project with this manifest, which has nothing else. */
async function failureOf(packageJson: object): Promise<string> {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'package.json'), JSON.stringify(packageJson));
  const failed = await run(process.execPath, [command], { cwd }).then(
    () => undefined,
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect(failed?.stderr).not.toMatch(/^ {4}at /m); // no stack
  return failed?.stderr ?? '';
}

test('S5: `npm run package` writes the tarball into the folder, which it makes, and prints its path', async () => {
  expect(manifest.scripts.package).toBe('node release/pack.js');
  const destination = join(emptyFolder(), 'to', 'here');
  const args = [command, '--destination', destination, '--repository', 'bank/bankside'];
  const { stdout } = await run(process.execPath, args);
  expect(stdout).toBe(`${join(destination, `bankside-${manifest.version}.tgz`)}\n`);
  expect(readFileSync(stdout.trim()).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
});

test('S5: npm runs no other script with it, so that it writes nothing beside the sources', () => {
  const names = Object.keys(manifest.scripts);
  expect(names.filter((name) => /^(pre|post)?(package|pack)$/.test(name))).toEqual([
    'package',
    'prepack',
    'postpack',
  ]);
});

test('S5: without a build it packs nothing, and says what to do', async () => {
  expect(await failureOf(manifest)).toBe('./dist/index.js is missing: run npm run build first.\n');
});

test('S5: what npm says is not lost', async () => {
  const failure = await failureOf({ version: '1.0.0' });
  expect(failure).toMatch(/^npm pack has failed\.\n/);
  expect(failure).toMatch(/name/);
});

test('S5: an unknown flag is named', async () => {
  await expect(run(process.execPath, [command, '--to', 'here'])).rejects.toThrow("Unknown option '--to'");
});

test.runIf(existsSync('.git'))('S5: git ignores the folders that an interrupted `npm pack` leaves', () => {
  const files = [...subpathFolders(manifest.exports).keys()].map((folder) => `${folder}/package.json`);
  const ignored = execFileSync('git', ['check-ignore', '--no-index', ...files], { encoding: 'utf8' });
  expect(ignored.trim().split('\n')).toEqual(files);
});
