import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Runs npm as a script of this Node, since what Windows calls `npm` is a file that only a shell runs.
 *
 * @returns What it prints.
 * @throws If it ends with an error.
 */
export function npm(
  args: readonly string[],
  cwd: string = process.cwd(),
  env: NodeJS.ProcessEnv = process.env,
): string {
  // What npm prints beside is for people: a test's output need not have it.
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return execFileSync(process.execPath, [script(), ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: [...stdio],
  });
}

/** Where npm's own script is: npm tells those that it runs; beside Node it is where Node's installers put it. */
function script(): string {
  const told = process.env['npm_execpath'] ?? '';
  const beside = dirname(process.execPath);
  const places = [
    told.endsWith('npm-cli.js') ? told : '',
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
