import type { Finding } from '../../doctor/finding.ts';

/** As much of a secret is enough to know it by: values of headers are cut before they are quoted. */
const ENOUGH = 8;
/** A shorter one is part of too many words. */
const SHORTEST = 5;

/**
 * Takes tokens, cookies and values of headers out of what was seen: a server can send back what it got, in any header.
 *
 * @param secrets What was sent.
 */
export function withoutSecrets(
  findings: readonly Finding[],
  secrets: readonly (string | undefined)[],
): readonly Finding[] {
  const known = secrets.filter((secret) => secret !== undefined && secret.length >= SHORTEST);
  const clean = (text: string): string =>
    known.reduce<string>((rest, secret) => without(rest, `${secret}`), text);
  return findings.map((finding) => ({
    ...finding,
    request: clean(finding.request),
    seen: clean(finding.seen),
  }));
}

/** Also without a secret that is cut off. */
function without(text: string, secret: string): string {
  const begin = secret.slice(0, ENOUGH);
  const [before = '', ...others] = text.split(begin);
  const rest = secret.slice(ENOUGH);
  return others.reduce((clean, part) => `${clean}…${part.slice(sameLength(part, rest))}`, before);
}

/** How many characters two strings have in common at their beginning. */
function sameLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
