// Writes what is published into a folder: what `files` of package.json lists, with links that lead somewhere.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withOrigin, withPackedLinks } from './package-files.js';
import { writeSubpathFolders } from './subpath-folders.js';

/** @type {typeof import('./write-package.js').writePackage} */
export function writePackage(folder, files, repository) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const { version } = manifest;
  const isPacked = (path) => files.some((file) => file === path || file.startsWith(`${path}/`));
  for (const file of files) {
    const to = join(folder, file);
    mkdirSync(dirname(to), { recursive: true });
    if (file === 'package.json') {
      const published = publishedPartOf(manifest);
      const packed = repository ? withOrigin(published, repository) : published;
      writeFileSync(to, `${JSON.stringify(packed, undefined, 2)}\n`);
    } else if (file.endsWith('.md')) {
      const text = readFileSync(file, 'utf8');
      writeFileSync(to, withPackedLinks(file, text, { isPacked, repository, version }));
    } else {
      cpSync(file, to);
    }
  }
  return [...files, ...writeSubpathFolders(folder, manifest.exports)];
}

/** Without what only works in the project itself. */
function publishedPartOf(manifest) {
  const { scripts: _scripts, devDependencies: _tools, overrides: _overrides, ...published } = manifest;
  return published;
}
