import { matchesSources } from './matches-source.ts';
import type { Policy } from './policy.ts';

/** A site that no page names: a rule that lets it in lets all in. */
const ANY_SITE = new URL('https://any-site.invalid/');

/** The values of `X-Frame-Options` that browsers know. */
const KNOWN = ['deny', 'sameorigin', 'allowall'];

/**
 * Whether any site can show a page in a frame.
 *
 * @param frameOptions The values of `X-Frame-Options`. Where a policy has `frame-ancestors`, they do not count.
 */
export function isFramedByAny(
  policies: readonly Policy[],
  frameOptions: readonly string[],
  page: URL,
): boolean {
  const lists = policies
    .map(({ directives }) => directives.get('frame-ancestors'))
    .filter((sources) => sources !== undefined);
  if (lists.length > 0) return lists.every((sources) => matchesSources(sources, ANY_SITE, page));
  const values = new Set(frameOptions.join(',').split(',').map(simplify));
  // Two different values, of which one is known, are read as the strictest. All others are ignored, as `ALLOW-FROM` is.
  if (values.size > 1) return !KNOWN.some((value) => values.has(value));
  return !(values.has('deny') || values.has('sameorigin'));
}

function simplify(value: string): string {
  return value.replace(/^[\t ]+|[\t ]+$/g, '').toLowerCase();
}
