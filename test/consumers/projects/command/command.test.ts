import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../../../package.json' with { type: 'json' };
import { npm } from '../../../harness/npm.ts';
import { createProject, type Project } from '../project.ts';

const run = promisify(execFile);

describe('the command in a project that has the published package', () => {
  let project: Project;

  beforeAll(() => {
    project = createProject(import.meta.dirname);
  }, 300_000);

  afterAll(() => {
    project?.remove();
  });

  it('runs by `npm exec` and by `npx`, which install nothing for it', () => {
    const offline = { ...process.env, npm_config_offline: 'true' };
    expect(npm(['exec', '--', 'bankside', '--version'], project.root, offline)).toBe(`${manifest.version}\n`);
    expect(npm(['exec', '--no', 'bankside', 'help', 'sandbox'], project.root, offline)).toMatch(
      /^Usage: bankside sandbox /,
    );
  });

  it('runs in the scripts of package.json', () => {
    npm(['pkg', 'set', 'scripts.commands=bankside --help'], project.root);
    expect(npm(['run', '--silent', 'commands'], project.root)).toMatch(/^Usage: bankside <command> /);
  });

  it('is executable by itself, and its status is that of the command', async () => {
    const command = join(project.root, 'node_modules', '.bin', 'bankside');
    const env = { ...process.env, FORCE_COLOR: '0' };
    const wrong = run(command, ['doctro'], { env, shell: process.platform === 'win32' });
    await expect(wrong).rejects.toMatchObject({
      code: 2,
      stderr: 'bankside: Unknown command doctro. Did you mean doctor?\n',
    });
  });

  it('has no command of another name', () => {
    expect(Object.keys(manifest.bin)).toEqual(['bankside']);
  });
});
