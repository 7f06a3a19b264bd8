import type { Diagnosis } from '../../doctor/examine.ts';
import type { Severity } from '../../doctor/finding.ts';

/** How many of each. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  /** Checks that found nothing. */
  readonly fine: number;
  readonly skipped: number;
}

export function summaryOf({ findings, checks }: Diagnosis): Summary {
  const severe = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  return {
    errors: severe('error'),
    warnings: severe('warning'),
    advice: severe('advice'),
    fine: checks.filter(({ result }) => result === 'fine').length,
    skipped: checks.filter(({ result }) => result === 'skipped').length,
  };
}

/** `2 errors, 1 warning, 3 pieces of advice; 14 checks fine, 2 skipped` */
export function summaryLine({ errors, warnings, advice, fine, skipped }: Summary): string {
  const found = [
    counted(errors, 'error', 'errors'),
    counted(warnings, 'warning', 'warnings'),
    counted(advice, 'piece of advice', 'pieces of advice'),
  ].filter((part) => part !== '');
  const checks = `${counted(fine, 'check', 'checks') || 'no check'} fine${skipped ? `, ${skipped} skipped` : ''}`;
  return `${found.join(', ') || 'Nothing found'}; ${checks}`;
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}
