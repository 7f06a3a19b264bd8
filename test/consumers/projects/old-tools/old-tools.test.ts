import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../../../entries.ts';
import { createProject, type Project } from '../project.ts';

const run = promisify(execFile);
const names = entries.map(([name]) => name);

/** Imports of all entries, and of one that is not there: a tool that finds that one, too, looks for nothing. */
const imports = [...names, 'bankside/nothing'].map(
  (name, index) => `import * as all${index} from '${name}';`,
);
const uses = `console.log(${imports.map((_line, index) => `all${index}`).join()});`;

/**
 * What users of CommonJS and of tools older than `exports` have. The first three do not read `exports`: they prove the folder of
 * each subpath, with its `package.json`. Node and webpack 5 read `exports`, and prove that CommonJS can load what that names.
 */
describe('older tools, with the published package', { timeout: 600_000 }, () => {
  let project: Project;

  beforeAll(() => {
    project = createProject(import.meta.dirname);
    project.copy('starter', '.');
  }, 600_000);

  afterAll(() => {
    project?.remove();
  });

  async function node(file: string): Promise<string> {
    const { stdout } = await run(process.execPath, [join(project.root, file)], { cwd: project.root });
    return stdout;
  }

  it('S0: Metro 0.80 finds the folders of all entries that need no framework and no msw', async () => {
    expect(await node('bundle.js')).toContain(Array(6).fill('function').join());
  });

  it('S0: eslint-plugin-import finds the folders of all entries', async () => {
    const rules = { 'import/no-unresolved': 'error' };
    const parserOptions = { ecmaVersion: 2022, sourceType: 'module' };
    project.write(
      '.eslintrc.json',
      JSON.stringify({ root: true, plugins: ['import'], parserOptions, rules }),
    );
    project.write('all.js', [...imports, uses].join('\n'));
    const problems = await project.run('.', 'eslint', ['all.js', '--format', 'unix']).catch(String);
    expect(problems.match(/Unable to resolve path to module '[^']+'/g)).toEqual([
      "Unable to resolve path to module 'bankside/nothing'",
    ]);
  });

  it('S0: TypeScript 5.4 with `moduleResolution: node` finds the types in the folders of all entries', async () => {
    project.write('all.ts', [...imports, uses].join('\n'));
    const modules = { target: 'es2022', module: 'es2022', moduleResolution: 'node', lib: ['es2022', 'dom'] };
    const compilerOptions = { ...modules, strict: true, noEmit: true, skipLibCheck: true, types: [] };
    project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['all.ts'] }));
    const problems = await project.run('.', 'tsc', ['-p', '.']).catch(String);
    expect(problems.match(/error TS.*/g)).toEqual([
      "error TS2307: Cannot find module 'bankside/nothing' or its corresponding type declarations.",
    ]);
  });

  it('S0: Node 20.19 and later has `require`', async () => {
    expect(await node('commonjs.js')).toBe('4 new insights\n');
  });

  it('S0: webpack with a CommonJS configuration, babel-loader and `require`', async () => {
    await project.run('.', 'webpack', []);
    expect(await node('commonjs.out.js')).toBe('4 new insights\n');
  });
});
