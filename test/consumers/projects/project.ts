import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pageOf } from '../../docs/fixtures/pages.ts';
import { npm } from '../../harness/npm.ts';
import { pack } from '../../package/pack.ts';

const run = promisify(execFile);

/** A bank's project in a folder of its own, with its packages and this package as published. */
export interface Project {
  /** Its folder. */
  readonly root: string;
  /** Writes a file below the project's folder. */
  write(path: string, content: string): void;
  /** Copies a file or a folder of the test's folder into the project. */
  copy(name: string, to?: string): void;
  /** Runs an installed tool. Resolves with its output, or rejects with it if the tool failed. */
  run(folder: string, tool: string, args: readonly string[], env?: object): Promise<string>;
  remove(): void;
}

/**
 * Makes a project of the `package.json` and the lockfile in a folder of tests, and installs the packed package in it.
 *
 * @param from The folder of the tests.
 */
export function createProject(from: string): Project {
  const root = mkdtempSync(join(tmpdir(), 'bank-'));
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(from, name), join(root, name));
  writeFileSync(join(root, 'bankside.tgz'), pack().tarball);
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  npm(['ci', ...quietly], root);
  npm(['install', '--no-save', ...quietly, './bankside.tgz'], root);

  return {
    root,
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    copy(name, to = name) {
      mkdirSync(dirname(join(root, to)), { recursive: true });
      cpSync(join(from, name), join(root, to), { recursive: true });
    },
    async run(folder, tool, args, env = {}) {
      const file = join(root, 'node_modules', '.bin', tool);
      try {
        const options = { cwd: join(root, folder), env: { ...process.env, NO_COLOR: '1', ...env } };
        const { stdout, stderr } = await run(resolve(file), [...args], options);
        return stdout + stderr;
      } catch (error) {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        throw new Error(`${tool} failed\n${stdout}\n${stderr}`);
      }
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** The file that a page of the docs shows under a heading. Its first line is a comment with its name. */
export function shownFile(page: string, heading: string, name: string): string {
  const snippet = pageOf(page).snippets.find(
    ({ heading: above, code }) =>
      above === heading && [`// ${name}\n`, `<!-- ${name} -->\n`].some((first) => code.startsWith(first)),
  );
  if (!snippet) throw new Error(`${page} shows no ${name} under “${heading}”`);
  return `${snippet.code}\n`;
}
