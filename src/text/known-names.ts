import { attempt, invalidCall, isObject } from '../check.ts';
import { BanksideError } from '../errors.ts';
import { nearestWord } from './nearest-word.ts';
import { shortText } from './printable.ts';

/** The names of an interface, or of all members of a union: the compiler holds them together. */
export type NamesOf<T> = Readonly<Record<T extends unknown ? keyof T : never, true>>;

/** In errors, longer names are cut. */
const LONGEST_NAME = 64;
const UNKNOWN = 'an unknown name';

/**
 * Checks that options have no name that nobody reads, whatever its value. Names that are symbols, inherited or not enumerable do
 * not count. What is not an object is left to the checks of the options themselves.
 *
 * @param known An object with all names, such as {@link NamesOf} the interface.
 * @param within Where the options are, with a dot at its end: `retry.`.
 * @throws INVALID_OPTIONS that names the nearest known name, or all of them if none is near.
 */
export function checkOptionNames(options: unknown, known: object, within = ''): void {
  const given = isObject(options) ? (attempt(() => Object.keys(options)) ?? []) : [];
  const unknown = given.find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  const option = within + shortText(unknown, LONGEST_NAME);
  const { expected, hint } = suggest(unknown, Object.keys(known));
  const details = { option, expected, received: UNKNOWN };
  throw new BanksideError('INVALID_OPTIONS', `option '${option}': ${UNKNOWN}. ${hint}`, details);
}

/**
 * Checks the name of an event, as given to `on`.
 *
 * @throws INVALID_CALL that names the nearest known event, or all of them if none is near.
 */
export function checkEventName(type: unknown, known: readonly string[]): void {
  if (typeof type !== 'string') throw invalidCall('on', 'the name of an event', [type]);
  if (known.includes(type)) return;
  const call = `on ${shortText(type, LONGEST_NAME)}`;
  const { expected, hint } = suggest(type, known);
  const details = { call, expected, received: UNKNOWN };
  throw new BanksideError('INVALID_CALL', `call '${call}': ${UNKNOWN}. ${hint}`, details);
}

function suggest(unknown: string, known: readonly string[]): { expected: string; hint: string } {
  const nearest = nearestWord(unknown.slice(0, LONGEST_NAME), known);
  const expected = nearest === undefined ? `one of ${known.join(', ')}` : `'${nearest}'`;
  return { expected, hint: nearest === undefined ? `Expected ${expected}` : `Did you mean ${expected}?` };
}
