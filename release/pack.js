// Packs the built package: `npm run pack`. It is what `npm pack` packs, with links that lead somewhere.
//   --repository <owner/name>   where it comes from on GitHub: links to files outside of the package lead there
//   --destination <folder>      where the tarball is written; default: here
import { execSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writePackage } from './write-package.js';

const { values } = parseArgs({
  options: { repository: { type: 'string' }, destination: { type: 'string', default: '.' } },
});

/** Runs npm in a shell: on Windows, npm is a script of the shell. */
const npm = (args, cwd) => execSync(`npm ${args}`, { cwd, encoding: 'utf8' });

const [{ files }] = JSON.parse(npm('pack --dry-run --json --silent --ignore-scripts', '.'));
const paths = files.map(({ path }) => path);
const folder = mkdtempSync(join(tmpdir(), 'package-'));
try {
  writePackage(folder, paths, values.repository);
  const destination = resolve(values.destination);
  process.stdout.write(npm(`pack --silent --ignore-scripts --pack-destination "${destination}"`, folder));
} finally {
  rmSync(folder, { recursive: true });
}
