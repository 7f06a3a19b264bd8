import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePackage } from '../../release/write-package.js';
import { npm } from '../harness/npm.ts';

export interface Packed {
  /** What npm would publish. */
  readonly tarball: Buffer;
  /** The paths in it: `dist/index.js`. */
  readonly files: readonly string[];
}

let packed: Packed | undefined;

/** Packs the built package as `npm run pack` does, once in a process, since npm takes two seconds. */
export function pack(): Packed {
  packed ??= packNow();
  return packed;
}

/** @param repository `owner/name` on GitHub, as a release passes it. */
export function packNow(repository?: string): Packed {
  const root = mkdtempSync(join(tmpdir(), 'packed-'));
  const folder = join(root, 'package');
  const flags = ['--json', '--ignore-scripts'];
  try {
    mkdirSync(folder);
    const [{ files }] = JSON.parse(npm(['pack', '--dry-run', ...flags])) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    const written = writePackage(folder, paths, repository);
    const output = npm(['pack', ...flags, '--pack-destination', root], folder);
    const [{ filename }] = JSON.parse(output) as [{ filename: string }];
    return { tarball: readFileSync(join(root, filename)), files: written };
  } finally {
    rmSync(root, { recursive: true });
  }
}
