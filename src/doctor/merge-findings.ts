import type { Finding } from './finding.ts';

/** Shows what many requests showed once: with the first of them, and how many others there were. */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const alike = new Map<string, { readonly first: Finding; readonly requests: Set<string> }>();
  for (const found of findings) {
    const key = JSON.stringify([found.id, found.subject, found.seen]);
    const group = alike.get(key) ?? { first: found, requests: new Set() };
    group.requests.add(found.request);
    alike.set(key, group);
  }
  return [...alike.values()].map(({ first, requests }) => ({
    ...first,
    request: requestWords(first.request, requests.size - 1),
  }));
}

function requestWords(first: string, others: number): string {
  if (others === 0) return first;
  return `${first}, and ${others} ${others === 1 ? 'other' : 'others'}`;
}
