import type { Check, Diagnosis } from '../../doctor/examine.ts';
import type { Finding, Severity, SubjectName } from '../../doctor/finding.ts';
import { count, SERVERS } from './words.ts';

/** The diagnosis that the panel shows. */
export type DiagnosisState =
  | { readonly state: 'running'; readonly plan: readonly string[]; readonly checks: readonly Check[] }
  | { readonly state: 'ended'; readonly plan: readonly string[]; readonly diagnosis: Diagnosis }
  /** `failed`: an option does not fit. `stopped`: by the user, or by the page. With what was done until then. */
  | {
      readonly state: 'failed' | 'stopped';
      readonly why: string;
      readonly plan: readonly string[];
      readonly checks: readonly Check[];
    };

export const SEVERITIES: Readonly<Record<Severity, readonly [mark: string, name: string, plural: string]>> = {
  error: ['✕', 'Error', 'errors'],
  warning: ['!', 'Warning', 'warnings'],
  advice: ['i', 'Advice', 'pieces of advice'],
};

const SUBJECTS: Readonly<Record<SubjectName, string>> = { ...SERVERS, linxo: 'Queue', page: 'Page' };

export function subjectWords(subject: SubjectName): string {
  return SUBJECTS[subject];
}

/** A line of the plan, with the name that the subject has in the panel. */
export function planWords(line: string): string {
  return line.replace(/^\w+(?= at )/, (name) => SUBJECTS[name as SubjectName] ?? name);
}

/** The worst first. Else in the order in which they were found. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return (Object.keys(SEVERITIES) as Severity[]).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
}

/** `2 errors, 1 warning; 14 checks fine, 2 skipped`. */
function summaryOf({ findings, checks }: Diagnosis): string {
  const found = (Object.keys(SEVERITIES) as Severity[]).flatMap((severity) => {
    const many = findings.filter((finding) => finding.severity === severity).length;
    const [, name, plural] = SEVERITIES[severity];
    const one = severity === 'advice' ? 'piece of advice' : name.toLowerCase();
    return many ? [`${many} ${many === 1 ? one : plural}`] : [];
  });
  const of = (result: Check['result']): number => checks.filter((check) => check.result === result).length;
  const went = `${count(of('fine'), 'check')} fine, ${of('skipped')} skipped`;
  return `${found.join(', ') || 'Nothing found'}; ${went}`;
}

export function stateWords(shown: DiagnosisState): string {
  if (shown.state === 'running') return `Running: ${count(shown.checks.length, 'check')} done`;
  return shown.state === 'ended' ? summaryOf(shown.diagnosis) : shown.why;
}

/** The lines of the report. */
export function diagnosisLines(shown: DiagnosisState | undefined): string[] {
  if (!shown) return [];
  const findings = shown.state === 'ended' ? bySeverity(shown.diagnosis.findings) : [];
  const { checks } = shown.state === 'ended' ? shown.diagnosis : shown;
  return [
    '',
    `diagnosis: ${stateWords(shown)}`,
    ...findings.flatMap(({ severity, subject, id, request, seen, effect, advice, header }) => [
      `${severity}  ${subjectWords(subject)}  ${id}`,
      `    request: ${request}`,
      `    seen: ${seen}`,
      `    effect: ${effect}`,
      `    advice: ${advice}`,
      ...(header ? [`    header: ${header}`] : []),
    ]),
    ...checks.map(({ subject, name, result, reason }) =>
      [result, subjectWords(subject), name, reason].filter(Boolean).join('  '),
    ),
  ];
}
