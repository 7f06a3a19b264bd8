import { describe, expect, it } from 'vitest';
import { DOCTOR_USAGE } from '../../src/cli/doctor/doctor-usage.ts';
import { DOCTOR_FLAGS, readDoctorFlags } from '../../src/cli/doctor/read-doctor-flags.ts';
import { CATALOGUE } from '../../src/doctor/catalogue.ts';
import { finding } from '../../src/doctor/finding.ts';
import type { FindingId } from '../../src/doctor/finding-id.ts';
import { fixesFor } from '../../src/doctor/remedies.ts';
import { pageOf, snippetsIn } from './fixtures/pages.ts';

const FILE = 'docs/doctor.md';
const page = pageOf(FILE);

const rowsUnder = (...headings: readonly string[]): readonly (readonly string[])[] =>
  page.tables.filter(({ heading }) => headings.includes(heading)).flatMap(({ rows }) => rows.slice(1));

const plain = (words: string): string => words.replaceAll('`', '');

describe('the tables of findings', () => {
  const rows = rowsUnder('On the way', 'In what a page may read', 'In the answers', 'In the page');

  it('have each finding once', () => {
    expect(rows.map(([id = '']) => plain(id)).sort()).toEqual(Object.keys(CATALOGUE).sort());
  });

  it.each(rows)('say what the command says of %s', (id = '', severity = '', meaning = '', effect = '') => {
    const known = CATALOGUE[plain(id) as FindingId];
    expect(severity).toBe(known.severity);
    expect(plain(effect)).toBe(plain(known.effect));
    expect(meaning).toMatch(/^.+\.$/);
  });
});

describe('the table of flags', () => {
  const rows = rowsUnder('All flags');
  const flags = rows.flatMap(([cell = '']) => [...cell.matchAll(/`--([a-z-]+)`/g)].map(([, flag]) => flag));

  it('has those that the command knows and explains', () => {
    expect([...flags].sort()).toEqual(Object.keys(DOCTOR_FLAGS).sort());
    for (const flag of flags) expect(DOCTOR_USAGE).toContain(`--${flag}`);
  });

  it('has the defaults', () => {
    const timeout = rows.find(([flag]) => flag === '`--timeout`')?.[1];
    const settings = readDoctorFlags(['--origin', 'null', '--ob', 'https://ob.bank.example/'], {});
    expect(settings).toMatchObject({ timeout: Number(timeout?.replaceAll('`', '')) });
  });
});

describe('the page', () => {
  it('names the variables of the environment that the command reads', () => {
    const variables = (text: string) => new Set(text.match(/BANKSIDE_[A-Z_]+/g));
    expect(variables(page.text)).toEqual(variables(DOCTOR_USAGE));
  });

  it('names the exit codes', () => {
    const codes = /Exit codes: 0: .*?; (\d+): .*?; (\d+): .*?; (\d+): /.exec(DOCTOR_USAGE)?.slice(1);
    for (const code of codes ?? ['none'])
      expect(page.text).toMatch(new RegExp(`\\b${code} (?:if|for|after) `));
  });

  it('shows the command with flags that it knows, also in pipelines', () => {
    const commands = page.snippets.flatMap(({ code }) =>
      [...code.matchAll(/npx (?:--no-install )?bankside doctor ((?:'[^']*'|[^'\n])+)/g)].map(
        ([, flags = '']) => flags,
      ),
    );
    expect(commands.length).toBeGreaterThan(3);
    for (const flags of commands) {
      const args = flags.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", ''));
      expect(readDoctorFlags(args ?? [], {})).toMatchObject({ origin: 'https://www.bank.example' });
    }
    expect(page.snippets.filter(({ language }) => language === 'yaml')).toHaveLength(2);
  });

  it('shows JSON with the fields of a diagnosis', () => {
    const [shown] = snippetsIn('json').filter(({ file }) => file === FILE);
    const { findings, checks, summary, ...others } = JSON.parse(shown?.code ?? '');
    expect(Object.keys(others)).toEqual(['version', 'origin']);
    const [{ id, subject, request, seen }] = findings;
    expect(findings).toEqual([finding({ id, subject, request, seen })]);
    expect(checks.map(({ result }: { result: string }) => result)).toEqual(['found', 'fine']);
    expect(summary).toEqual({ errors: 1, warnings: 0, advice: 0, fine: 1, skipped: 0 });
  });

  it('names the gateways for which there are lines', () => {
    const { fixes } = fixesFor({ kind: 'vary' });
    expect([...page.text.matchAll(/`fixes\.(\w+)`/g)].map(([, name]) => name)).toEqual(
      Object.keys(fixes ?? {}),
    );
  });
});
