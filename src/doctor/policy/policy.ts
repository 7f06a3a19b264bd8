/** A Content-Security-Policy that is enforced: its directives by name, in lower case, with their values split at white space. */
export interface Policy {
  readonly directives: ReadonlyMap<string, readonly string[]>;
  /** Where it stands: in a header of the answer, or in a `<meta>` of the page. */
  readonly place: 'header' | 'meta';
}

/** Directives that browsers ignore in a `<meta>`. */
const IGNORED_IN_META = ['frame-ancestors', 'report-uri', 'sandbox'];

const SPACE = /[\t\n\f\r ]+/;

/**
 * The policies in the values of a header, or of the attribute `content` of a `<meta>`. A comma separates two policies. In a `<meta>`,
 * Chromium and WebKit read it so as well, against the standard: a page fails there.
 */
export function readPolicies(values: readonly string[], place: Policy['place']): readonly Policy[] {
  return values
    .join(',')
    .split(',')
    .map((text) => readPolicy(text, place))
    .filter(({ directives }) => directives.size > 0);
}

function readPolicy(text: string, place: Policy['place']): Policy {
  const directives = new Map<string, readonly string[]>();
  for (const directive of text.split(';')) {
    const [name = '', ...values] = directive.split(SPACE).filter((part) => part !== '');
    const key = name.toLowerCase();
    // Browsers skip a directive with characters beyond ASCII. Of two with the same name, the first counts.
    if (!key || !isAscii(directive) || directives.has(key)) continue;
    if (place === 'header' || !IGNORED_IN_META.includes(key)) directives.set(key, values);
  }
  return { directives, place };
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  return /^[\u0000-\u007f]*$/.test(text);
}
