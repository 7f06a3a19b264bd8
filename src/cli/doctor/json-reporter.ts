import type { CommandIo } from '../command.ts';
import { version } from '../version.ts';
import type { DoctorSettings } from './doctor-settings.ts';
import type { Reporter } from './reporter.ts';

/** One object on one line at the end, and nothing else. With `--dry-run`: the plan alone. */
export function jsonReporter(
  { origin, dryRun }: DoctorSettings,
  { stdout }: Pick<CommandIo, 'stdout'>,
): Reporter {
  function write(content: object): void {
    stdout.write(`${JSON.stringify({ version: version(), origin, ...content })}\n`);
  }

  return {
    plan(plan) {
      if (dryRun) write({ plan });
    },
    check() {},
    end({ findings, checks }, summary) {
      write({ findings, checks, summary });
    },
  };
}
