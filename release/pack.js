// Packs the built package: `npm run package`. It is what `npm pack` packs, with links that lead somewhere.
//   --repository <owner/name>   where it comes from on GitHub: links to files outside of the package lead there
//   --destination <folder>      where the tarball is written; default: here
import { execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { writePackage } from './write-package.js';

/** @type {typeof import('./pack.js').pack} */
export function pack({ repository, destination = '.' } = {}) {
  const [{ files }] = npmPack('.', { npm_config_dry_run: 'true' });
  const paths = files.map(({ path }) => path);
  checkTargets(JSON.parse(readFileSync('package.json', 'utf8')), paths);
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    const written = writePackage(folder, paths, repository);
    mkdirSync(destination, { recursive: true });
    const [{ filename }] = npmPack(folder, { npm_config_pack_destination: resolve(destination) });
    return { tarball: join(destination, filename), files: written };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs npm in a shell: on Windows, npm is a script of the shell. Settings need no quotes. */
function npmPack(cwd, settings) {
  const env = { ...process.env, ...settings };
  try {
    const stdio = ['ignore', 'pipe', 'pipe'];
    const command = 'npm pack --json --ignore-scripts --loglevel error';
    return JSON.parse(execSync(command, { cwd, env, stdio, encoding: 'utf8' }));
  } catch (error) {
    throw new Error(`npm pack has failed.\n${error.stderr || error.stdout || error.message}`.trim());
  }
}

/** @throws if the manifest names a file that is not packed. */
function checkTargets(manifest, paths) {
  const { main, types, unpkg, jsdelivr, bin = {}, exports = {} } = manifest;
  const entries = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  );
  const targets = [main, types, unpkg, jsdelivr, ...Object.values(bin), ...entries].filter(Boolean);
  const missing = targets.find((target) => !paths.includes(posix.normalize(target)));
  if (missing) throw new Error(`${missing} is missing: run npm run build first.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const { values } = parseArgs({
      options: { repository: { type: 'string' }, destination: { type: 'string' } },
    });
    console.log(pack(values).tarball);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
