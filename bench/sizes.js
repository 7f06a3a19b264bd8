import { consumers, measureSize } from '../test/package/measure-size.js';

/** @type {import('./harness/claim.js').Claim} */
export async function sizes() {
  const rows = [];
  for (const { what, imports, limit } of consumers) {
    const { gzipped } = await measureSize(imports);
    rows.push({
      what: `Size: ${what}`,
      ours: `${kilobytes(gzipped)} kB`,
      beside: '–',
      found: gzipped / 1_000,
      limit: limit / 1_000,
      unit: 'kB',
    });
  }
  const { gzipped } = await measureSize(['default'], 'ky');
  const ky = { ours: '–', beside: `${kilobytes(gzipped)} kB`, found: gzipped / 1_000, unit: 'kB' };
  return [...rows, { what: 'Size: ky alone, which httpTransport stands on', ...ky }];
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1_000).toFixed(2);
}
