// Writes beside each bundle of dist what the attribute `integrity` of its script tag, or `integrity` of an import map, is to
// hold, and prints it: `node release/integrity.js`, after a build.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const bundles = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.min.js'),
);

for (const bundle of bundles.sort()) {
  const path = `dist/${bundle}`;
  const integrity = `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}`;
  writeFileSync(`${path}.integrity.txt`, `${integrity}\n`);
  console.log(`${path}  ${integrity}`);
}
