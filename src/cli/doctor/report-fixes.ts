import type { Finding } from '../../doctor/finding.ts';
import type { Fixes, GatewayName } from '../../doctor/remedies.ts';
import type { Paint } from '../colour.ts';

const TITLES: Readonly<Record<GatewayName, string>> = {
  nginx: 'nginx',
  apache: 'Apache HTTP Server',
  spring: 'Spring Cloud Gateway',
  envoy: 'Envoy',
  azure: 'Azure API Management',
};

/** Configuration that ends findings, each once, with the findings that it ends. */
export function reportFixes(
  findings: readonly Finding[],
  gateway: GatewayName | 'all' | undefined,
  paint: Paint,
): string[] {
  if (!findings.some(({ fixes }) => fixes)) return [];
  if (gateway === undefined) {
    const names = Object.keys(TITLES).join(', ');
    return ['', `For lines of configuration, add --gateway with one of: ${names}.`];
  }
  const gateways = gateway === 'all' ? (Object.keys(TITLES) as GatewayName[]) : [gateway];
  const lines: string[] = [];
  for (const name of gateways)
    lines.push('', paint('bold', `Configuration of ${TITLES[name]}`), ...fixesOf(findings, name));
  return lines;
}

function fixesOf(findings: readonly Finding[], gateway: keyof Fixes): string[] {
  const ended = new Map<string, Set<string>>();
  for (const { id, fixes } of findings) {
    const fix = fixes?.[gateway];
    if (fix !== undefined) ended.set(fix, (ended.get(fix) ?? new Set()).add(id));
  }
  const lines: string[] = [];
  for (const [fix, ids] of ended) {
    const config = fix.trimEnd().split('\n');
    lines.push('', `  For ${[...ids].join(', ')}:`, '', ...config.map((line) => `    ${line}`.trimEnd()));
  }
  return lines;
}
