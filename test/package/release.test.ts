import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const release = readFileSync('.github/workflows/release.yml', 'utf8');

/** The text of each job. */
const jobs = new Map(
  release
    .slice(release.indexOf('\njobs:\n'))
    .split(/^ {2}(?=\w+:$)/m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf(':')), text]),
);

/** What a job runs, in order. */
function commandsOf(job: string): string[] {
  return [...(jobs.get(job) ?? '').matchAll(/^\s+(?:- )?run: (.+)$/gm)].map(([, command = '']) => command);
}

function rightsOf(job: string): string[] {
  return [...(jobs.get(job) ?? '').matchAll(/^ {6}(\S+): write/gm)].map(([, name = '']) => name);
}

describe('the release workflow', () => {
  it('publishes what has passed all tests, and nothing else', () => {
    expect([...jobs.keys()]).toEqual(['build', 'publish', 'attach']);
    expect(commandsOf('build').slice(-4)).toEqual([
      'bash .ci/run',
      'npm run check',
      expect.stringMatching(
        /^npm pkg set repository\.type=git "repository\.url=.*\$GITHUB_REPOSITORY\.git"$/,
      ),
      'npm pack',
    ]);
    expect(jobs.get('publish')).toContain('needs: build');
    expect(jobs.get('attach')).toContain('needs: publish');
    expect(commandsOf('publish').at(-1)).toMatch(/^npm publish .*--provenance .*\.tgz$/);
  });

  it('gives a right to nothing that runs other people’s code', () => {
    expect(release).toMatch(/^permissions:\n {2}contents: read$/m);
    expect([...jobs.keys()].map(rightsOf)).toEqual([[], ['id-token'], ['contents']]);
    for (const job of ['publish', 'attach']) {
      expect(jobs.get(job)).not.toMatch(
        /npm ci|npm install (?!--global npm@)|npm run|npx|\.ci\/run|checkout/,
      );
    }
    expect(commandsOf('publish').at(-1)).toContain('--ignore-scripts');
  });

  it('holds no token of a person’s', () => {
    expect(release).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });

  it('attaches what a build makes', () => {
    const files = [...release.matchAll(/^ {12}(dist\/\S+)$/gm)].map(([, file = '']) => file);
    expect(files).not.toEqual([]);
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toBe('');
    expect(manifest.files).toContain('dist');
  });
});
