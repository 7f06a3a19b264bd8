import { nearestWord } from '../text/nearest-word.ts';

/** What to do about a name that is not known: the nearest known one, or all of them if none is near. */
export function suggestName(unknown: string, known: readonly string[]): string {
  const nearest = nearestWord(unknown.slice(0, 60), known);
  return nearest === undefined ? `Known are ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
}

/**
 * Checks the names of options that no schema reads.
 *
 * @param call Where they were given, for the error.
 * @param known An object with all names.
 * @throws TypeError that names the first unknown one.
 */
export function checkNames(call: string, options: object, known: object): void {
  const names = Object.keys(known);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${call}: "${unknown.slice(0, 60)}" is not known. ${suggestName(unknown, names)}`);
}
