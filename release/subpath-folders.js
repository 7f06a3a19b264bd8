// A folder for each subpath of `exports`, with a package.json that says where its module and its types are. Tools that do not
// read `exports` look there, such as Metro before 0.82, TypeScript with `moduleResolution: node`, and eslint-plugin-import.
//   node release/subpath-folders.js write|remove
// npm runs it before and after `npm pack`: in the project itself, a folder `react` would hide the package `react` from some tools.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @type {typeof import('./subpath-folders.js').subpathFolders} */
export function subpathFolders(exports) {
  const folders = new Map();
  for (const [subpath, target] of Object.entries(exports)) {
    if (subpath === '.' || typeof target === 'string') continue;
    const relative = (path) => posix.relative(posix.normalize(subpath), posix.normalize(path));
    folders.set(posix.normalize(subpath), { main: relative(target.default), types: relative(target.types) });
  }
  return folders;
}

/** @type {typeof import('./subpath-folders.js').writeSubpathFolders} */
export function writeSubpathFolders(root, exports) {
  const folders = subpathFolders(exports);
  for (const [folder, manifest] of folders) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  return [...folders.keys()].map((folder) => `${folder}/package.json`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (process.argv[2] === 'write') writeSubpathFolders('.', exports);
  else for (const folder of subpathFolders(exports).keys()) rmSync(folder, { recursive: true, force: true });
}
