// What each package that is installed with this one adds to a page that imports all of `bankside`: `node release/package-costs.js`,
// after a build. docs/review.md holds these figures, and a test holds them to it.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { measureSize } from '../test/package/measure-size.js';

/** @type {typeof import('./package-costs.js').packageCosts} */
export async function packageCosts() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const entry = { bankside: Object.keys(await import('bankside')) };
  const whole = await measureSize(entry);
  return Promise.all(
    Object.keys(packages[''].dependencies).map(async (name) => {
      const { version, license } = packages[`node_modules/${name}`];
      const without = await measureSize(entry, [name]);
      return { name, version, license, gzipped: whole.gzipped - without.gzipped };
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await packageCosts());
