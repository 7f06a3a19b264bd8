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

/** Packs the package as it is built, once in a process: npm takes two seconds for that. */
export function pack(): Packed {
  packed ??= packNow();
  return packed;
}

function packNow(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const told = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
    const [{ filename, files }] = JSON.parse(told) as [{ filename: string; files: { path: string }[] }];
    return { tarball: readFileSync(join(folder, filename)), files: files.map(({ path }) => path) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
