import { type Finding, type FindingOptions, finding } from '../finding.ts';
import type { Policy } from './policy.ts';
import type { SeenPage } from './seen-page.ts';

/** A finding of one policy, with the whole directive to write. */
export function policyFinding(
  { request }: SeenPage,
  { place }: Policy,
  options: Pick<FindingOptions, 'id' | 'seen'> & { readonly directive: string | undefined },
): Finding {
  const { directive, ...rest } = options;
  const found = finding({ ...rest, subject: 'page', request, remedy: { directive: directive ?? '' } });
  if (place === 'header') return found;
  // No header helps there: all policies must allow it.
  const { header: _header, fixes: _fixes, ...withoutHeader } = found;
  return directive
    ? { ...withoutHeader, advice: `${found.advice} In the <meta>, write: ${directive}` }
    : withoutHeader;
}

/** Where a policy stands, in words. */
export function placeOf({ place }: Policy): string {
  return place === 'header' ? 'the header Content-Security-Policy' : 'a <meta> of the page';
}
