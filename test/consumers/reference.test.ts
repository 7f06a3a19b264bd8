import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../docs/fixtures/pages.ts';
import { entries } from '../entries.ts';

const fixtures = 'test/consumers/fixtures';

describe('the API reference', { timeout: 240_000 }, () => {
  let site: string;
  let built: ReturnType<typeof typedoc>;

  beforeAll(() => {
    site = mkdtempSync(join(tmpdir(), 'reference-'));
    // Without the tests, which take the compiler longer than all documented files.
    const config = ['--tsconfig', `${fixtures}/reference.tsconfig.json`];
    built = typedoc(...config, '--treatWarningsAsErrors', 'false', '--out', site);
  }, 240_000);

  afterAll(() => {
    rmSync(site, { recursive: true });
  });

  it('has a description for each public name, and no warning', () => {
    expect(built).toMatchObject({ status: 0, warnings: [] });
  });

  it('names each module as a page imports it', () => {
    const modules = readdirSync(join(site, 'modules')).map((file) => titleOf(join('modules', file)));
    expect(modules.sort()).toEqual(entries.map(([name]) => name).sort());
  });

  it('has each guide as a page, with its title', () => {
    const titles = readdirSync(join(site, 'documents')).map((file) => titleOf(join('documents', file)));
    const guides = pages.slice(1).map(({ headings: [title] }) => title?.text.replaceAll('`', ''));
    expect(titles).toEqual(expect.arrayContaining([...guides, 'Changelog', 'Contributing', 'Security']));
  });

  it('has links that lead somewhere, to pages and to their anchors', () => {
    const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.html'),
    );
    const linked = files.flatMap((file) =>
      [...read(file).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target = '']) => ({ file, target })),
    );
    const own = linked.filter(({ target }) => !/^(https?:|data:|mailto:)/.test(target));
    expect(own.length).toBeGreaterThan(1000);
    expect(own.filter(({ file, target }) => target.includes('.md') || !leadsSomewhere(file, target))).toEqual(
      [],
    );
  });

  it('reports a name without a description, and ends with an error', () => {
    const { status, warnings } = typedoc(
      ...['--tsconfig', `${fixtures}/undocumented.tsconfig.json`],
      ...['--entryPoints', `${fixtures}/undocumented.ts`],
      ...['--readme', 'none', '--emit', 'none'],
    );
    expect(status).not.toBe(0);
    expect(warnings).toEqual([expect.stringContaining('withoutDocstring')]);
  });

  const read = (file: string): string => readFileSync(join(site, file), 'utf8');

  function titleOf(file: string): string | undefined {
    return /<title>(.*) \| bankside<\/title>/.exec(read(file))?.[1]?.replaceAll('&#39;', "'");
  }

  function leadsSomewhere(file: string, target: string): boolean {
    const [path = '', anchor] = decodeURI(target).split('#');
    const place = path ? join(dirname(file), path) : file;
    return isFile(join(site, place)) && (!anchor || read(place).includes(`id="${anchor}"`));
  }
});

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The output of `npm run docs`. */
function typedoc(...flags: readonly string[]): { status: number | null; warnings: string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/typedoc/bin/typedoc', ...flags],
    { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  const lines = `${stdout}\n${stderr}`.split('\n');
  return { status, warnings: lines.filter((line) => /\[(warning|error)\](?! Found)/.test(line)) };
}
