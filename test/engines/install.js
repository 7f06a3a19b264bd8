// Makes sure that the three browser engines are there before the tests run: `node test/engines/install.js`.
import { spawnSync } from 'node:child_process';
import { howToInstall, missingExecutables } from './executables.js';

if (missingExecutables().length > 0 && process.getuid?.() === 0) installFromDebian();

const missing = missingExecutables();
if (missing.length > 0) {
  const engines = [...new Set(missing.map(({ engine }) => engine))].join(', ');
  console.error(`Missing for the tests in real browsers: ${engines}. ${howToInstall(missing)}`);
  process.exit(1);
}

function installFromDebian() {
  const packages = missingExecutables().flatMap(({ debian }) => debian.split(' '));
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  // Where there is no apt-get, both fail to start; what is missing then is still missing, and is told.
  apt('update', '-q');
  apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}
