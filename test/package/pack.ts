import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../harness/npm.ts';

export interface Packed {
  /** What npm would publish. */
  readonly tarball: Buffer;
  /** The paths in it: `dist/index.js`. */
  readonly files: readonly string[];
}

let packed: Packed | undefined;

/** Packs the built package, once in a process, since npm takes two seconds. */
export function pack(): Packed {
  packed ??= packNow();
  return packed;
}

function packNow(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const output = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
    const [{ filename, files }] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }];
    return { tarball: readFileSync(join(folder, filename)), files: files.map(({ path }) => path) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
