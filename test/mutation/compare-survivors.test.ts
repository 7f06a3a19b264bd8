import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareSurvivors, type Survivors } from './compare-survivors.js';
import survivors from './survivors.json' with { type: 'json' };

const mutant = { file: 'a.ts', at: 3, line: 'if (a) b();', becomes: 'if (true) b();' };
const listed = { 'a.ts': [{ line: mutant.line, becomes: [mutant.becomes], reason: 'a is always true' }] };

it.each([
  ['killed', {}, 0, 0],
  ['survived', {}, 1, 0],
  ['timeout', {}, 0, 0],
  ['killed', listed, 0, 1],
  ['survived', listed, 0, 0],
  ['timeout', listed, 0, 0],
] as const)('a mutant that is %s, with the list %j: %i unlisted, %i stale', (fate, list, unlisted, stale) => {
  const found = compareSurvivors([{ ...mutant, fate }], list);
  expect(found.unlisted).toHaveLength(unlisted);
  expect(found.stale).toHaveLength(stale);
});

it('an entry for a line that is gone is stale; an entry for a file without mutants is not', () => {
  const other = { ...mutant, line: 'if (c) b();', fate: 'killed' } as const;
  expect(compareSurvivors([other], listed).stale).toEqual([
    { file: 'a.ts', line: mutant.line, becomes: mutant.becomes },
  ]);
  expect(compareSurvivors([{ ...other, file: 'c.ts' }], listed).stale).toEqual([]);
});

it.each(Object.entries<Survivors[string]>(survivors))(
  'each listed line of %s exists, with a reason',
  (file, all) => {
    expect(existsSync(file)).toBe(true);
    const code = readFileSync(file, 'utf8').replace(/\s+/g, ' ');
    for (const { line, becomes, reason } of all) {
      expect(code).toContain(line);
      expect(becomes.length).toBeGreaterThan(0);
      expect(becomes).not.toContain(line);
      expect(reason.length).toBeGreaterThan(10);
    }
  },
);
