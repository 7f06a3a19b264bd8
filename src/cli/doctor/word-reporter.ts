import type { SubjectName } from '../../doctor/finding.ts';
import type { Paint } from '../colour.ts';
import type { CommandIo } from '../command.ts';
import type { DoctorSettings } from './doctor-settings.ts';
import { reportCheck } from './report-check.ts';
import { reportFindings } from './report-findings.ts';
import { reportFixes } from './report-fixes.ts';
import type { Reporter } from './reporter.ts';
import { summaryLine } from './summary.ts';
import { wrapLines } from './wrap-lines.ts';

const WIDTH = 100;

/** For people: each check as soon as it has ended, then what was found, the worst first, then what would end it. */
export function wordReporter(
  settings: DoctorSettings,
  { stdout }: Pick<CommandIo, 'stdout'>,
  paint: Paint,
): Reporter {
  const { origin, gateway, dryRun } = settings;

  function write(lines: readonly string[]): void {
    if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`);
  }

  return {
    plan(plan) {
      const title = dryRun ? 'This would be sent' : 'This is sent';
      const page = origin === 'null' ? 'a page whose origin is null' : `a page of ${origin}`;
      write([paint('bold', `${title}, as by ${page}:`), '']);
      for (const line of plan)
        write(wrapLines(line.replace(/^- /, ''), WIDTH, line.startsWith('- ') ? '    ' : '  '));
      if (!dryRun) write(['', paint('bold', 'Checks'), '']);
    },
    check(check, found = []) {
      write([reportCheck(check, found, paint, WIDTH)]);
    },
    end({ findings, gateway: named }, summary) {
      write(reportFindings(findings, paint, WIDTH));
      write(reportFixes(findings, gateway ?? named, paint));
      write(missingTokens(settings));
      write(['', paint('bold', summaryLine(summary))]);
    },
  };
}

/** How to have checks that were skipped. */
function missingTokens({ targets, authToken, accessToken }: DoctorSettings): readonly string[] {
  const needs = (isNeeded: (name: SubjectName) => boolean): boolean =>
    targets.some(({ name }) => isNeeded(name));
  const variables: string[] = [];
  if (authToken.from === 'missing' && needs((name) => name !== 'linxo' && name !== 'page'))
    variables.push('BANKSIDE_AUTH_TOKEN');
  if (accessToken.from === 'missing' && needs((name) => name === 'linxo'))
    variables.push('BANKSIDE_ACCESS_TOKEN');
  return variables.length > 0 ? ['', `To check more, set ${variables.join(' and ')}.`] : [];
}
