import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack as packInto } from '../../release/pack.js';

export interface Packed {
  /** What npm would publish. */
  readonly tarball: Buffer;
  /** The paths in it: `dist/index.js`. */
  readonly files: readonly string[];
}

let packed: Packed | undefined;

/** Packs the built package as `npm run package` does, once in a process, since npm takes two seconds. */
export function pack(): Packed {
  packed ??= packNow();
  return packed;
}

/** @param repository `owner/name` on GitHub, as a release passes it. */
export function packNow(repository?: string): Packed {
  const destination = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const { tarball, files } = packInto({ repository, destination });
    return { tarball: readFileSync(tarball), files };
  } finally {
    rmSync(destination, { recursive: true });
  }
}
