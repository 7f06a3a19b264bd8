import { describe, expect, it } from 'vitest';
import { finding } from '../../../src/doctor/finding.ts';
import {
  bySeverity,
  type DiagnosisState,
  diagnosisLines,
  planWords,
  stateWords,
} from '../../../src/inspector/model/diagnosis-words.ts';
import type { Diagnosis } from '../../../src/inspector.ts';

const request = 'GET /linxo/queues/{id}';
const found = (id: Parameters<typeof finding>[0]['id']) =>
  finding({ id, subject: 'linxo', request, seen: `It was ${id}.` });
const diagnosis: Diagnosis = {
  findings: [found('uncompressed'), found('no-store'), found('unreachable'), found('date-hidden')],
  checks: [
    { subject: 'linxo', name: 'a new queue', result: 'fine' },
    { subject: 'linxo', name: 'caches', result: 'found' },
    { subject: 'page', name: 'frames', result: 'skipped', reason: 'a page cannot see it' },
  ],
};

describe('the words of a diagnosis', () => {
  it('begin with the worst', () => {
    expect(bySeverity(diagnosis.findings).map(({ id }) => id)).toEqual([
      'unreachable',
      'no-store',
      'date-hidden',
      'uncompressed',
    ]);
  });

  it('count what was found, and how the checks went', () => {
    const words = (ended: Diagnosis) => stateWords({ state: 'ended', plan: [], diagnosis: ended });
    expect(words(diagnosis)).toBe('1 error, 2 warnings, 1 piece of advice; 1 check fine, 1 skipped');
    expect(words({ findings: [], checks: [] })).toBe('Nothing found; 0 checks fine, 0 skipped');
  });

  it('say how far it is, and why it failed', () => {
    const running: DiagnosisState = { state: 'running', plan: [], checks: diagnosis.checks };
    expect(stateWords(running)).toBe('Running: 3 checks done');
    const stopped = { state: 'stopped', why: 'It was stopped.', plan: [], checks: diagnosis.checks } as const;
    expect(stateWords(stopped)).toBe('It was stopped.');
    expect(diagnosisLines(stopped)).toContain('found  Queue  caches');
  });

  it('name a server in the plan as in its findings', () => {
    expect(planWords('linxo at https://bank.example:')).toBe('Queue at https://bank.example:');
    expect(planWords('6 requests in all')).toBe('6 requests in all');
  });

  it('are part of the report, with a line for each check', () => {
    const lines = diagnosisLines({ state: 'ended', plan: [], diagnosis });
    expect(lines).toContain('warning  Queue  no-store');
    expect(lines).toContain('    header: Cache-Control: no-store');
    expect(lines.slice(-3)).toEqual([
      'fine  Queue  a new queue',
      'found  Queue  caches',
      'skipped  Page  frames  a page cannot see it',
    ]);
    expect(diagnosisLines(undefined)).toEqual([]);
  });
});
