import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface FileReport {
  readonly status: 'passed' | 'failed';
  readonly tests: readonly string[];
}

describe('the sum of the reports', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sum-reports-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const report = (name: string, files: readonly FileReport[]): string => {
    const path = join(folder, name);
    const testResults = files.map(({ status, tests }, index) => ({
      name: `file-${index}`,
      message: '',
      status,
      assertionResults: tests.map((outcome) => ({ status: outcome })),
    }));
    writeFileSync(path, JSON.stringify({ testResults }));
    return path;
  };

  const sum = (...paths: string[]): { line: string | undefined; ok: boolean } => {
    const { stdout, status } = spawnSync(process.execPath, ['.ci/sum-reports.js', ...paths], {
      encoding: 'utf8',
    });
    return { line: stdout.trim().split('\n').at(-1), ok: status === 0 };
  };

  it('adds up all files of all reports', () => {
    const first = report('first.json', [
      { status: 'passed', tests: ['passed', 'passed'] },
      { status: 'passed', tests: ['passed'] },
    ]);
    const second = report('second.json', [{ status: 'passed', tests: ['passed', 'skipped', 'todo'] }]);
    expect(sum(first, second)).toEqual({ line: '4 passed, 0 failed, 2 skipped', ok: true });
  });

  it('fails with a failed test', () => {
    const path = report('failed.json', [{ status: 'failed', tests: ['passed', 'failed'] }]);
    expect(sum(path)).toEqual({ line: '1 passed, 1 failed', ok: false });
  });

  it.each([
    ['that failed outside its tests', { status: 'failed', tests: ['passed'] }],
    ['that never ran, although it is reported as passed', { status: 'passed', tests: [] }],
    ['with a test that did not end', { status: 'passed', tests: ['pending'] }],
  ] as const)('counts a file %s as a failure', (_what, file) => {
    const path = report('file.json', [file, { status: 'passed', tests: ['passed'] }]);
    expect(sum(path)).toMatchObject({ line: expect.stringMatching(/, 1 failed$/), ok: false });
  });

  it('fails without a report, with an unreadable one, and when nothing has passed', () => {
    const fine = report('fine.json', [{ status: 'passed', tests: ['passed'] }]);
    const cut = join(folder, 'cut.json');
    writeFileSync(cut, '{"testResults":[');
    expect(sum(fine, join(folder, 'missing.json'))).toEqual({ line: '1 passed, 0 failed', ok: false });
    expect(sum(fine, cut)).toEqual({ line: '1 passed, 0 failed', ok: false });
    expect(sum(report('empty.json', []))).toEqual({ line: '0 passed, 0 failed', ok: false });
  });
});
