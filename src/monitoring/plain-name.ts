/** What ids, types and names look like. A token, a sentence or a body does not. */
const NAME = /^[\w.:@-]{1,48}$/;

/**
 * A text that others wrote, to be shown and sent: as it is where it looks like a name, else as a mark that is the same
 * for the same text and says nothing of it.
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

/** FNV-1a: short, and of 32 bits alone, from which no text can be found again. */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `#${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
