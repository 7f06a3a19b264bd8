/** Enough characters to make an id that does not exist, and few enough to leave the version of a UUID as it is. */
const MOST_CHANGED = 12;

/**
 * Changes to characters of the same kind that any alphabet of ids has: digits stay digits, the digits of hexadecimal numbers too.
 * No character becomes `0`, `I`, `O`, `i`, `l`, `o` or `u`, which some alphabets lack.
 */
const PAIRS = 'abcdefghjkmnpqrstvwxyz12345678';
const ODD: Readonly<Record<string, string>> = { i: 'j', l: 'm', o: 'n', u: 'v', '9': '8', '0': '1' };

/** An id of the same form as a real one, which is the id of nothing. `undefined` if none is known. */
export function otherId(id: string): string | undefined {
  // Other numbers may be ids of others, or larger than the server can read.
  if (/^\d+$/.test(id)) return /^0+$/.test(id) ? undefined : id.replace(/\d/g, '0');
  let left = MOST_CHANGED;
  let other = '';
  for (let at = id.length - 1; at >= 0; at -= 1) {
    const changed = left > 0 ? changedCharacter(id.charAt(at)) : undefined;
    if (changed !== undefined) left -= 1;
    other = (changed ?? id.charAt(at)) + other;
  }
  return other === id ? `${id}1` : other;
}

/** `undefined` for what is neither a letter nor a digit. */
function changedCharacter(character: string): string | undefined {
  if (!/^[a-z\d]$/i.test(character)) return undefined;
  const lower = character.toLowerCase();
  const at = PAIRS.indexOf(lower);
  const changed = ODD[lower] ?? PAIRS.charAt(at % 2 ? at - 1 : at + 1);
  return lower === character ? changed : changed.toUpperCase();
}
