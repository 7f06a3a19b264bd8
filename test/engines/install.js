import { spawnSync } from 'node:child_process';
import { missingFor } from './executables.js';

/** @type {typeof import('./install.js').installMissing} */
export function installMissing(engines) {
  const packages = engines.flatMap(missingFor).flatMap(({ debian }) => debian.split(' '));
  if (packages.length === 0 || process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', env });
  // Without apt-get or a network this fails. The caller then reports what is missing.
  apt('update', '-q');
  apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}
