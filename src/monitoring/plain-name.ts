/**
 * What ids, types and names look like. A sentence, a body, an e-mail address or a long token does not; a short token that
 * a widget puts where a name belongs would.
 */
const NAME = /^[\w.:-]{1,48}$/;

/** Of this page's life alone, so that nobody can make the marks of likely texts and look which it was. */
const SALT = Math.trunc(Math.random() * 2 ** 32);

/**
 * A text that others wrote, to be shown and sent: as it is where it looks like a name, else as a mark that is the same
 * for the same text, as long as the page lives, and says nothing of it.
 */
export function plainName(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? `${value}` : typeof value;
  return NAME.test(text) ? text : markOf(text);
}

/** The same of one that may be missing. */
export function plainNameIfAny(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : plainName(value);
}

/** A number, if it is one: an error may have been made by the page's own transport. */
export function plainNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** FNV-1a, which begins at the salt. */
function markOf(text: string): string {
  let hash = 0x811c9dc5 ^ SALT;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `#${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
