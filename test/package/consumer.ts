import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pack } from './pack.ts';

/** A project in another folder, which has this package installed as it would be published. */
export interface Consumer {
  readonly folder: string;
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

/**
 * @param others Other packages of the project.
 * @param from The folder that has these packages.
 */
export function createConsumer(others: readonly string[] = [], from = '.'): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  unpack(join(folder, 'node_modules', 'bankside'));
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  const link = (name: string, path: string): void => {
    const target = join(folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    // A kind of link that needs no permission on Windows.
    symlinkSync(resolve(path, 'node_modules', name), target, 'junction');
  };
  for (const name of Object.keys(dependencies)) link(name, '.');
  for (const name of others) link(name, from);
  return {
    folder,
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function unpack(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'packed.tgz'), pack().tarball);
  // A relative name: some versions of tar read the colon of `C:\` as the end of a host name.
  execFileSync('tar', ['-xzf', 'packed.tgz', '--strip-components=1'], { cwd: folder });
  rmSync(join(folder, 'packed.tgz'));
}
