// Writes dist: the modules with their declarations, and beside them the bundles, which do not need those; then what is
// told of both. Run by `npm run build`, so that the commands are found.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';

/** @param {string} command */
async function run(command) {
  const [status] = await once(spawn(command, { shell: true, stdio: 'inherit' }), 'exit');
  // A command that a signal ended has no status.
  if (status !== 0) throw new Error(`${command} has failed`);
}

rmSync('dist', { recursive: true, force: true });
await Promise.all([run('tsup'), run('npm run --silent bundle')]);
await run('node release/integrity.js');
await run('node release/sbom.js');
