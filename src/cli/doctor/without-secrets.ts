/** A shorter one could be part of what the doctor itself says. What it quotes is checked before. */
const SHORTEST = 12;

/**
 * Takes secrets out of what was seen, whichever way they came there.
 *
 * @param secrets What was sent.
 * @param origin Of the page. It is shown as it is.
 */
export function withoutSecrets(seen: string, secrets: readonly string[], origin: string): string {
  const long = secrets.filter((secret) => secret.length >= SHORTEST);
  if (long.length === 0) return seen;
  const pattern = new RegExp(long.map((secret) => secret.replace(/[^\w\s]/g, '\\$&')).join('|'), 'gi');
  return seen
    .split(origin)
    .map((part) => part.replace(pattern, '…'))
    .join(origin);
}
