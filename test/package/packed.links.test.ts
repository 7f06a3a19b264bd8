import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path/posix';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { withPackedLinks } from '../../release/package-files.js';
import { anchorsOf, readMarkdown } from '../docs/fixtures/markdown.ts';
import { packNow } from './pack.ts';

const published = `https://github.com/bank/bankside/blob/v${manifest.version}/`;

describe.each([
  ['packed here', undefined],
  ['of a release', 'bank/bankside'],
])('the package, %s', (_where, repository) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'links-'));
    writeFileSync(join(folder, 'packed.tgz'), packNow(repository).tarball);
    // A relative name: some versions of tar read the colon of `C:\` as the end of a host name.
    execFileSync('tar', ['-xzf', 'packed.tgz', '--strip-components=1'], { cwd: folder });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('has links that lead somewhere, in each of its pages', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.md'));
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'CHANGELOG.md', 'SECURITY.md', 'docs/review.md']),
    );
    const links = files.flatMap((file) =>
      readMarkdown(join(folder, file)).links.map(({ target, line }) => ({ file, target, line })),
    );
    const own = links.filter(({ target }) => !target.startsWith('https://') || target.startsWith(published));
    expect(own.length).toBeGreaterThan(200);
    expect(own.filter(({ file, target }) => !leadsSomewhere(file, target))).toEqual([]);
  });

  it('has a manifest without what only works in the project, and with the repository only if it is known', () => {
    const { scripts: _scripts, devDependencies: _tools, overrides: _overrides, ...published } = manifest;
    const packed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const origin = {
      repository: { type: 'git', url: 'git+https://github.com/bank/bankside.git' },
      homepage: 'https://github.com/bank/bankside#readme',
      bugs: { url: 'https://github.com/bank/bankside/issues' },
    };
    expect(packed).toEqual(repository ? { ...published, ...origin } : published);
  });

  /** In the package; or, behind the address of the published sources, in this repository. */
  function leadsSomewhere(file: string, target: string): boolean {
    const isPublished = target.startsWith(published);
    const [path = '', anchor] = target.replace(published, '').split('#');
    const place = path ? (isPublished ? path : join(folder, dirname(file), path)) : join(folder, file);
    const isThere = statSync(place, { throwIfNoEntry: false }) !== undefined;
    return isThere && (!anchor || anchorsOf(readMarkdown(place)).includes(anchor));
  }
});

describe('a link of a packed page', () => {
  const text = 'See [a\ntest](../test/a.test.ts "B1 answers") and [the poller](poller.md#gaps).';
  const options = { isPacked: (path: string) => path === 'docs/poller.md', version: '1.2.3' };

  it('to a file that is not packed is text, if the repository is not known', () => {
    expect(withPackedLinks('docs/review.md', text, options)).toBe(
      'See a\ntest (`test/a.test.ts`: B1 answers) and [the poller](poller.md#gaps).',
    );
  });

  it('to a file that is not packed leads to the version in the repository', () => {
    expect(withPackedLinks('docs/review.md', text, { ...options, repository: 'bank/bankside' })).toBe(
      'See [a\ntest](https://github.com/bank/bankside/blob/v1.2.3/test/a.test.ts "B1 answers") and [the poller](poller.md#gaps).',
    );
  });

  it('stays as it is in a block of code, or if it is an address', () => {
    const code = '```md\n[a](b.md)\n```\n[c](https://bank.example/)';
    expect(withPackedLinks('docs/review.md', code, options)).toBe(code);
  });

  it('needs a repository with its owner', () => {
    expect(() => withPackedLinks('docs/review.md', text, { ...options, repository: 'bankside' })).toThrow(
      'A repository is named owner/name, not bankside',
    );
  });
});
