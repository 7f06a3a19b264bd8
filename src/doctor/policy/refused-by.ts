import { matchesSources } from './matches-source.ts';
import type { Policy } from './policy.ts';

/** A directive that does not allow an address. */
export interface Refusal {
  readonly policy: Policy;
  readonly directive: 'connect-src' | 'default-src';
  readonly sources: readonly string[];
}

/**
 * The directives that keep a page from sending requests to an address. All policies must allow it: by `connect-src`, or else by
 * `default-src`. One with neither allows everything.
 */
export function refusedBy(policies: readonly Policy[], url: URL, page: URL): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const policy of policies) {
    const directive = policy.directives.has('connect-src') ? 'connect-src' : 'default-src';
    const sources = policy.directives.get(directive);
    if (sources && !matchesSources(sources, url, page)) refusals.push({ policy, directive, sources });
  }
  return refusals;
}
