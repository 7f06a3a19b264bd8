import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { npm } from '../../harness/npm.ts';
import { pack } from '../../package/pack.ts';

/** In ms: installing is a download, where nothing is cached. */
export const patienceForBuilds = 300_000;

export interface BuiltExample {
  /** Where its page is. */
  readonly pageFolder: string;
  /**
   * Builds it once more, in another mode of Vite; `development` comes with all that frameworks check then.
   *
   * @returns Where that page is.
   */
  build(mode: 'development'): Promise<string>;
  /** Builds the minimal example of the same framework, with the same packages. @returns Where its page is. */
  buildMinimal(command: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Builds an example as a stranger does, from the packed package and its own lockfile alone; but in a copy, so that nothing of this
 * folder helps.
 *
 * @param output Where its build puts the page.
 */
export async function buildExample(name: string, output: string): Promise<BuiltExample> {
  const root = await mkdtemp(join(tmpdir(), `example-${name}-`));
  await writeFile(join(root, `bankside-${manifest.version}.tgz`), pack().tarball);
  const minimal = `examples/minimal/${name}`;
  for (const folder of [`examples/showcase/${name}`, 'examples/showcase/shared', minimal]) {
    await cp(folder, join(root, folder), {
      recursive: true,
      filter: (path) => !/[\\/](node_modules|dist|\.angular)$/.test(path),
    });
  }
  const cwd = join(root, 'examples/showcase', name);
  // Without what npm gives its scripts, such as the settings of the command that runs these tests.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== 'NODE_ENV'));
  npm(['ci', '--prefer-offline', '--no-audit', '--no-fund'], cwd, env);
  npm(['run', 'build'], cwd, env);
  return {
    pageFolder: join(cwd, output),
    async build(mode) {
      const args = ['run', 'build', '--', '--mode', mode, '--outDir', mode];
      npm(args, cwd, { ...env, NODE_ENV: mode });
      return join(cwd, mode);
    },
    async buildMinimal(command) {
      await symlink(join(cwd, 'node_modules'), join(root, minimal, 'node_modules'), 'junction');
      npm(command, join(root, minimal), env);
      return join(root, minimal, output);
    },
    remove: () => rm(root, { recursive: true }),
  };
}
