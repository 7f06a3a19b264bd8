import type { Check } from '../../doctor/examine.ts';
import type { Finding } from '../../doctor/finding.ts';
import type { Examination } from './examine-targets.ts';
import type { Summary } from './summary.ts';

/** Writes what the doctor does, as it goes on. */
export interface Reporter {
  /** Before anything is sent. */
  plan(lines: readonly string[]): void;
  /** @param found What the check found, as far as it is known. */
  check(check: Check, found?: readonly Finding[]): void;
  end(examination: Examination, summary: Summary): void;
}
