import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A project elsewhere that has this package installed, as it would be published. */
export interface Consumer {
  readonly folder: string;
  /** Writes a file and tells its path. */
  write(name: string, content: string): string;
  remove(): void;
}

/**
 * @param others Packages that the project has besides.
 * @param from The folder whose packages those are.
 */
export function createConsumer(others: readonly string[] = [], from = '.'): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  const installed = join(folder, 'node_modules', 'bankside');
  mkdirSync(installed, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const [{ filename }] = JSON.parse(packed.toString()) as [{ filename: string }];
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  const link = (name: string, path: string): void => {
    const target = join(folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(resolve(path, 'node_modules', name), target);
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
