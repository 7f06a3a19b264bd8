import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDERS = ['.ci', '.github', 'bench', 'docs', 'examples', 'release', 'site', 'src', 'test'];

const FILES = [
  '.gitattributes',
  '.gitignore',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'biome.json',
  'knip.json',
  'package-lock.json',
  'package.json',
  'rollup.config.ts',
  'tsconfig.json',
  'tsup.config.ts',
  'typedoc.config.js',
  'vitest.config.ts',
];

test.runIf(existsSync('.git'))('S5: nothing that a tool has left is at the root of the repository', () => {
  const paths = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
  const names = new Set(paths.map((path) => path.replace(/\/.*/, '')));
  expect([...names].sort()).toEqual([...FOLDERS, ...FILES].sort());
});
