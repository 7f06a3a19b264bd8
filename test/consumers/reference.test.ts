import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const fixtures = 'test/consumers/fixtures';

describe('the API reference', { timeout: 240_000 }, () => {
  it('has a description for each public name, and no warning', () => {
    // Without the tests, which take the compiler longer than all documented files.
    expect(typedoc('--tsconfig', `${fixtures}/reference.tsconfig.json`)).toMatchObject({
      status: 0,
      warnings: [],
    });
  });

  it('reports a name without a description, and ends with an error', () => {
    const { status, warnings } = typedoc(
      ...['--tsconfig', `${fixtures}/undocumented.tsconfig.json`],
      ...['--entryPoints', `${fixtures}/undocumented.ts`],
      ...['--readme', 'none'],
    );
    expect(status).not.toBe(0);
    expect(warnings).toEqual([expect.stringContaining('withoutDocstring')]);
  });
});

/** The output of `npm run docs`, which writes no page here. */
function typedoc(...flags: readonly string[]): { status: number | null; warnings: string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/typedoc/bin/typedoc', '--emit', 'none', ...flags],
    { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  const lines = `${stdout}\n${stderr}`.split('\n');
  return { status, warnings: lines.filter((line) => /\[(warning|error)\](?! Found)/.test(line)) };
}
