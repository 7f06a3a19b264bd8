import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Survivors, strangers } from './strangers.js';
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
] as const)('one that is %s, of %j: %i not listed, %i stale', (fate, list, unlisted, stale) => {
  const found = strangers([{ ...mutant, fate }], list);
  expect(found.unlisted).toHaveLength(unlisted);
  expect(found.stale).toHaveLength(stale);
});

it('what is listed of a line that is gone is stale; of a file that was not looked at, nothing is', () => {
  const other = { ...mutant, line: 'if (c) b();', fate: 'killed' } as const;
  expect(strangers([other], listed).stale).toEqual([
    { file: 'a.ts', line: mutant.line, becomes: mutant.becomes },
  ]);
  expect(strangers([{ ...other, file: 'c.ts' }], listed).stale).toEqual([]);
});

it.each(Object.entries<Survivors[string]>(survivors))(
  'each line that is listed of %s is there, with a reason',
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
