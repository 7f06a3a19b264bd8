// Writes dist/sbom.cdx.json, the bill of materials of what the package brings along when it is installed, in the form of
// CycloneDX 1.5. It holds no time and no number by chance: the same tree gives the same file.
// (`npm sbom --omit peer` leaves out a dependency that a peer of a development tool needs as well.)
import { readFileSync, writeFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { name, version, license, description } = JSON.parse(readFileSync('package.json', 'utf8'));

const purl = (of) => `pkg:npm/${of.name.replace('@', '%40')}@${of.version}`;
const licences = ({ license: id }) => [{ license: { id } }];

/** What a package needs, and what that needs in turn, as npm has laid it out: the nearest one counts. */
function dependenciesOf(path, found = new Map()) {
  for (const needed of Object.keys(packages[path].dependencies ?? {})) {
    const place = placeOf(needed, path);
    if (found.has(place)) continue;
    found.set(place, { name: needed, ...packages[place] });
    dependenciesOf(place, found);
  }
  return found;
}

function placeOf(needed, from) {
  const here = `${from && `${from}/`}node_modules/${needed}`;
  if (packages[here]) return here;
  if (!from) throw new Error(`package-lock.json has no ${needed}`);
  return placeOf(needed, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
}

/** npm writes digests in Base64, CycloneDX in hexadecimal. */
function hashOf({ integrity }) {
  const [algorithm, digest] = integrity.split('-');
  return {
    alg: algorithm.replace('sha', 'SHA-'),
    content: Buffer.from(digest, 'base64').toString('hex'),
  };
}

const tree = dependenciesOf('');
const own = { name, version, license };
const components = [...tree.values()].map((one) => ({
  type: 'library',
  'bom-ref': purl(one),
  name: one.name,
  version: one.version,
  purl: purl(one),
  licenses: licences(one),
  hashes: [hashOf(one)],
}));
const dependsOn = (path) =>
  Object.keys(packages[path].dependencies ?? {}).map((needed) => purl(tree.get(placeOf(needed, path))));

const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    component: {
      type: 'library',
      'bom-ref': purl(own),
      name,
      version,
      description,
      purl: purl(own),
      licenses: licences(own),
    },
  },
  components,
  dependencies: [
    { ref: purl(own), dependsOn: dependsOn('') },
    ...[...tree].map(([path, one]) => ({ ref: purl(one), dependsOn: dependsOn(path) })),
  ],
};
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(bom, undefined, 2)}\n`);
