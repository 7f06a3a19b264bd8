// Writes the manifest and the lock of what a build needs, and of nothing that only tests need, into an empty folder, for
// `npm ci` there: `node release/build-packages.js build-packages`. They are parts of the project's own manifest and lock, with the
// same versions and digests.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** What tsup.config.ts and rollup.config.ts run, and the packages whose types the declarations name. */
export const BUILD_PACKAGES = [
  '@rollup/plugin-node-resolve',
  'esbuild',
  'rollup',
  'rollup-plugin-esbuild',
  'tsup',
  'typescript',
  '@angular/core',
  '@types/node',
  '@types/react',
  'msw',
  'rxjs',
];

/** @type {typeof import('./build-packages.js').buildPackages} */
export function buildPackages(manifest, lock) {
  const { name, version, dependencies, devDependencies, overrides } = manifest;
  const reduced = {
    name,
    version,
    private: true,
    dependencies,
    devDependencies: Object.fromEntries(BUILD_PACKAGES.map((tool) => [tool, devDependencies[tool]])),
    overrides: Object.fromEntries(
      Object.entries(overrides).filter(([overridden]) => BUILD_PACKAGES.includes(overridden)),
    ),
  };
  const { overrides: _overrides, private: _private, ...root } = reduced;
  const places = placesOf(reduced, lock.packages);
  const kept = Object.entries(lock.packages).filter(([place]) => places.has(place));
  return {
    manifest: reduced,
    lock: { ...lock, packages: { '': root, ...Object.fromEntries(kept) } },
  };
}

/** Where all that is needed is, as npm has laid it out: of several places, the nearest one counts. */
function placesOf({ dependencies, devDependencies }, packages) {
  const places = new Set();
  const add = (name, from, isOptional) => {
    const place = placeOf(name, from, packages);
    if (place === undefined && !isOptional)
      throw new Error(`package-lock.json has no ${name} for ${from || 'the root'}`);
    if (place === undefined || places.has(place)) return;
    places.add(place);
    addNeedsOf(place);
  };
  const addNeedsOf = (place) => {
    const {
      dependencies = {},
      optionalDependencies = {},
      peerDependencies = {},
      peerDependenciesMeta = {},
    } = packages[place];
    for (const name of Object.keys(dependencies)) add(name, place, name in optionalDependencies);
    for (const name of Object.keys(optionalDependencies)) add(name, place, true);
    for (const name of Object.keys(peerDependencies))
      if (!peerDependenciesMeta[name]?.optional) add(name, place, false);
  };
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) add(name, '', false);
  return places;
}

function placeOf(name, from, packages) {
  const here = `${from && `${from}/`}node_modules/${name}`;
  if (packages[here]) return here;
  return from
    ? placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), packages)
    : undefined;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , folder = 'build-packages'] = process.argv;
  const { manifest, lock } = buildPackages(readJson('package.json'), readJson('package-lock.json'));
  mkdirSync(folder);
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(`${folder}/package-lock.json`, `${JSON.stringify(lock, undefined, 2)}\n`);
}
