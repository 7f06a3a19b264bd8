// Packs the package, and builds the examples that need it: each installs what was packed, as a bank would.
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const { npm_execpath: npm } = process.env;
if (!npm) throw new Error('Run this as "npm run start:all" in the root of the repository.');

run('../..', 'run', 'pack', '--silent');
for (const name of ['react', 'angular']) {
  console.log(`Building the example with ${name}…`);
  run(name, 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  run(name, 'run', 'build', '--silent');
}

/**
 * @param {string} folder
 * @param {string[]} words
 */
function run(folder, ...words) {
  const cwd = fileURLToPath(new URL(folder, import.meta.url));
  execFileSync(process.execPath, [String(npm), ...words], { cwd, stdio: 'inherit' });
}
