import { consumers, measureSize } from '../test/package/measure-size.js';

const penpal = { penpal: ['connect', 'WindowMessenger'] };
const ky = { ky: ['default as ky'] };
const query = { '@tanstack/query-core': ['QueryClient', 'QueryObserver'] };

/** What a page would build the same from: each the bare means, without anything of a widget or a queue. */
const peers = [
  { name: 'penpal', parts: penpal },
  { name: 'penpal, ky', parts: { ...penpal, ...ky } },
  { name: 'penpal, ky, TanStack Query', parts: { ...penpal, ...ky, ...query } },
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
  return rows;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1_000).toFixed(2);
}
