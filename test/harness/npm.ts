import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Runs npm as a script of this Node, since on Windows `npm` is a file that only a shell can run.
 *
 * @returns Its output.
 * @throws If its status is not 0.
 */
export function npm(
  args: readonly string[],
  cwd: string = process.cwd(),
  env: NodeJS.ProcessEnv = process.env,
): string {
  // Keeps npm's notes for people out of the output of tests.
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return execFileSync(process.execPath, [script(), ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: [...stdio],
  });
}

/** The path of npm's script: from npm itself if it runs this, else where Node's installers put it. */
function script(): string {
  const fromNpm = process.env['npm_execpath'] ?? '';
  const beside = dirname(process.execPath);
  const places = [
    fromNpm.endsWith('npm-cli.js') ? fromNpm : '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = places.find((place) => place && existsSync(place));
  if (!found)
    throw new Error(
      `npm is not beside ${process.execPath}: run the tests with \`npm test\` or \`npx vitest\``,
    );
  return found;
}
