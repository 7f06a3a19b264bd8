import type { Check } from '../../doctor/examine.ts';
import type { Examination } from './examine-targets.ts';
import type { Summary } from './summary.ts';

/** Writes what the doctor does, as it goes on. */
export interface Reporter {
  /** Before anything is sent. */
  plan(lines: readonly string[]): void;
  check(check: Check): void;
  end(examination: Examination, summary: Summary): void;
}
