import type { Finding, Severity } from '../../doctor/finding.ts';
import type { Paint, Style } from '../colour.ts';
import { wrapLines } from './wrap-lines.ts';

const ORDER: readonly Severity[] = ['error', 'warning', 'advice'];
const STYLES: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', advice: 'cyan' };

/** Findings with one cause: they differ only in where they were seen. */
interface Group {
  readonly finding: Finding;
  readonly places: readonly Finding[];
}

/** The findings as lines: the worst first, and one that came at several addresses once. */
export function reportFindings(findings: readonly Finding[], paint: Paint, width: number): string[] {
  const lines: string[] = [];
  for (const group of groupsOf(findings)) lines.push('', ...reportGroup(group, paint, width));
  return lines;
}

function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Finding[]>();
  for (const severity of ORDER) {
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const { id, effect, advice, header } = finding;
      const key = JSON.stringify([id, effect, advice, header]);
      groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
  }
  return [...groups.values()].map((places) => ({ finding: places[0] as Finding, places }));
}

function reportGroup({ finding, places }: Group, paint: Paint, width: number): string[] {
  const { id, severity, effect, advice, header } = finding;
  const lines = [`${paint(STYLES[severity], severity.toUpperCase())}  ${paint('bold', id)}`];
  for (const { subject, request, seen } of places)
    lines.push(...wrapLines(`${request}: ${seen}`, width, `  ${subject.padEnd(9)}`));
  lines.push(...wrapLines(effect, width, '  Effect   '));
  lines.push(...wrapLines(advice, width, '  Do       '));
  if (header !== undefined) lines.push(`  Header   ${header}`);
  return lines;
}
