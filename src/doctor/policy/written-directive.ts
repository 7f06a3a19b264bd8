/** Beside addresses, only this keyword says something of them. */
const SELF = "'self'";

/** Longer ones are not worth to be written out. */
const LONGEST = 1000;

/**
 * The directive `connect-src` to write: with what it allows already, without queries and keywords of scripts, and with further origins.
 * `undefined` if it is too long to be of use.
 */
export function writtenConnectSrc(
  sources: readonly string[],
  origins: readonly string[],
  page: URL,
): string | undefined {
  const kept = sources
    .filter((source) => !source.startsWith("'") || source.toLowerCase() === SELF)
    .map((source) => source.replace(/[?#].*/, ''));
  const added = origins.map((origin) => (origin === page.origin ? SELF : origin));
  const directive = ['connect-src', ...new Set([...kept, ...added])].join(' ');
  return directive.length > LONGEST ? undefined : directive;
}

/** The directive `trusted-types` to write. */
export function writtenTrustedTypes(names: readonly string[]): string {
  return ['trusted-types', ...names.filter((name) => name !== "'none'"), 'default'].join(' ');
}
