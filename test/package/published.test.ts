import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entries } from '../entries.ts';

/** Runs a tool of node_modules on this package. */
function run(tool: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${tool}`, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** The paths that would be published. */
function packedFiles(): string[] {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path);
}

describe('the published package', () => {
  it('is one that publint has nothing to say about', () => {
    expect(run('publint', '--strict')).toMatchObject({
      status: 0,
      output: expect.stringContaining('All good!'),
    });
  });

  it('has types that resolve wherever ES modules do', () => {
    const { status, output } = run('attw', '--pack', '.', '--profile', 'esm-only', '--no-color');
    expect(status, output).toBe(0);
    for (const [name] of entries) expect(output).toContain(`"${name}"`);
  });

  it('holds the build and its papers, and nothing else', () => {
    const files = packedFiles();
    expect(files).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/bankside.iife.min.js',
        'dist/index.d.ts',
        'dist/index.js',
        'dist/testing/index.d.ts',
        'dist/testing/index.js',
      ]),
    );
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect(files.filter((path) => !path.startsWith('dist/')).sort()).toEqual(papers);
  });

  it('is locked without naming a registry, so that it installs from any', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": *"http/);
  });
});
