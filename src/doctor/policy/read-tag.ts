/** A start tag. Names are in lower case. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where the text behind the tag begins. */
  readonly end: number;
}

const NAME = /[^\t\n\f\r />]*/y;
const GAP = /[\t\n\f\r /]*/y;
/** A `=` at the beginning belongs to the name. */
const ATTRIBUTE = /=?[^\t\n\f\r />=]*/y;
const EQUALS = /[\t\n\f\r ]*=[\t\n\f\r ]*/y;
const UNQUOTED = /[^\t\n\f\r >]*/y;

/**
 * Reads a tag as the HTML standard says. Of two attributes with one name, the first counts. `undefined` if the text ends in the tag.
 *
 * @param start Where its name begins.
 */
export function readTag(html: string, start: number): Tag | undefined {
  const name = take(NAME, html, start);
  const attributes = new Map<string, string>();
  let at = start + name.length;
  for (;;) {
    at += take(GAP, html, at).length;
    if (at >= html.length) return undefined;
    if (html[at] === '>') return { name: lowerAscii(name), attributes, end: at + 1 };
    const key = take(ATTRIBUTE, html, at);
    at += key.length;
    const value = readValue(html, at);
    if (!value) return undefined;
    at = value.end;
    if (!attributes.has(lowerAscii(key))) attributes.set(lowerAscii(key), value.text);
  }
}

/** The value behind an attribute's name, which is empty where there is no `=`. `undefined` if the text ends in it. */
function readValue(html: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const equals = take(EQUALS, html, start);
  if (!equals) return { text: '', end: start };
  const at = start + equals.length;
  const quote = html[at];
  if (quote !== '"' && quote !== "'") {
    const text = take(UNQUOTED, html, at);
    return { text, end: at + text.length };
  }
  const end = html.indexOf(quote, at + 1);
  return end < 0 ? undefined : { text: html.slice(at + 1, end), end: end + 1 };
}

/** What a sticky pattern, which also matches nothing, finds at a place. */
function take(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Only ASCII: `K` of Kelvin is no `k`. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
