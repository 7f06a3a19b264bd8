import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { npm } from '../../harness/npm.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Installs the packages of the folder's lockfile, unless they are there. */
export default function install(): void {
  const installed = `${folder}node_modules/.package-lock.json`;
  if (existsSync(installed) && changedAt(installed) >= changedAt(`${folder}package-lock.json`)) return;
  npm(['ci', '--no-audit', '--no-fund'], folder);
}

function changedAt(path: string): number {
  return statSync(path).mtimeMs;
}
