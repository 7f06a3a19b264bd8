/** A shorter one is part of too many values. */
const SHORTEST = 5;

/** What is sent, and must not be shown. */
export interface SentSecrets {
  readonly tokens: { readonly authToken?: string | undefined; readonly accessToken?: string | undefined };
  readonly cookie?: string | undefined;
  /** Values of headers that came from the environment. */
  readonly secretValues?: readonly string[] | undefined;
  /** The addresses, whose queries are sent. */
  readonly addresses?: readonly URL[] | undefined;
}

/** All strings that are not to be shown: also each cookie's value, what follows a scheme such as `Bearer`, and the values of a query. */
export function secretsOf({
  tokens,
  cookie,
  secretValues = [],
  addresses = [],
}: SentSecrets): readonly string[] {
  const cookies = (cookie ?? '').split(';').map((pair) => pair.replace(/^[^=]*=/, '').trim());
  const afterScheme = secretValues.map((value) => value.replace(/^\S+\s+/, ''));
  const found = [tokens.authToken, tokens.accessToken, cookie, ...cookies, ...secretValues, ...afterScheme];
  for (const { search, searchParams } of addresses) {
    const encoded = search.slice(1).split('&');
    found.push(search.slice(1), ...searchParams.values());
    found.push(...encoded.map((pair) => pair.replace(/^[^=]*=/, '')));
  }
  const known = found.filter((secret) => secret !== undefined && isLong(secret));
  // The longest first, so that none is left over of one that contains another.
  return [...new Set(known as string[])].sort((one, other) => other.length - one.length);
}

/** Whether a secret is long enough to be looked for. */
export function isLong(secret: string): boolean {
  return secret.length >= SHORTEST;
}

/** Without regard to case: the host of an address is in lower case. */
export function holdsSecret(value: string, secrets: readonly string[]): boolean {
  const text = value.toLowerCase();
  return secrets.some((secret) => text.includes(secret.toLowerCase()));
}
