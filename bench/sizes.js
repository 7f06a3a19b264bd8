import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundlers } from '../test/package/bundle-with.js';
import { consumers, measureSize } from '../test/package/measure-size.js';

const penpal = { penpal: ['connect', 'WindowMessenger'] };
const ky = { ky: ['default as ky'] };
const query = { '@tanstack/query-core': ['QueryClient', 'QueryObserver'] };
const schemas = {
  './bench/peers/queue-schemas.js': ['queueEventSchema', 'connectionSchema', 'channelSchema'],
};

/** What a page would build the same from: packages for one part of it, without code for a widget or a queue. */
const peers = [
  { name: 'penpal', parts: penpal },
  { name: 'penpal, ky', parts: { ...penpal, ...ky } },
  {
    name: 'penpal, ky, TanStack Query, the same schemas in zod/mini',
    parts: { ...penpal, ...ky, ...query, ...schemas },
  },
];

/** @type {import('./harness/claim.js').Claim} */
export async function sizes() {
  const rows = [];
  for (const [index, { what, imports, limit }] of consumers.entries()) {
    const { gzipped } = await measureSize({ bankside: imports });
    const peer = peers[index];
    const beside = peer ? `${peer.name}: ${kilobytes((await measureSize(peer.parts)).gzipped)} kB` : '–';
    rows.push({
      what: `Size: ${what}`,
      ours: `${kilobytes(gzipped)} kB`,
      beside,
      found: gzipped / 1_000,
      limit: limit / 1_000,
      unit: 'kB',
    });
  }
  return [...rows, ...(await sizesByBundler())];
}

/** A page with the bridge alone, as each bundler builds it. */
async function sizesByBundler() {
  const page = fileURLToPath(new URL('page/bridge-alone.js', import.meta.url));
  const sizes = await Promise.all(
    Object.entries(bundlers).map(async ([name, bundle]) => {
      const { code } = await bundle(page);
      return { name, gzipped: gzipSync(code, { level: 9 }).length };
    }),
  );
  const smallest = Math.min(...sizes.map(({ gzipped }) => gzipped));
  return sizes.map(({ name, gzipped }) => ({
    what: `Size: a page with the bridge alone, built by ${name}`,
    ours: `${kilobytes(gzipped)} kB`,
    beside: `the smallest of ${sizes.length}: ${kilobytes(smallest)} kB`,
    found: gzipped / 1_000,
    limit: 6.5,
    unit: 'kB',
  }));
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1_000).toFixed(2);
}
