import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestWord } from '../text/nearest-word.ts';
import { UsageError } from './command.ts';

/** The flags of a command, as for Node's `parseArgs`. */
export type Flags = NonNullable<ParseArgsConfig['options']>;

type Values<F extends Flags> = ReturnType<typeof parseArgs<{ options: F; strict: true }>>['values'];
type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

/**
 * The values of the flags. What they mean is up to the command. If a flag is given twice, the last one counts, unless the flag is
 * `multiple`. Messages contain names of flags of at most 20 characters, and no values: a value could be a secret.
 *
 * @throws UsageError for an unknown flag, a missing value, and an argument that belongs to no flag.
 */
export function readArguments<const F extends Flags>(args: readonly string[], flags: F): Values<F> {
  // Not strict: Node's own messages have several sentences, and some contain the value.
  const config = { args: [...args], options: flags, strict: false, tokens: true } as const;
  const { values, tokens } = parseArgs(config);
  let last: string | undefined;
  for (const token of tokens as readonly Token[]) {
    if (token.kind === 'positional') throw unexpected(token.index, last);
    if (token.kind === 'option-terminator') continue;
    checkFlag(token, flags);
    last = token.rawName;
  }
  return values as Values<F>;
}

/** Whether a command is to write JSON. Known before its flags are read, since their errors are JSON too. */
export function wantsJson(args: readonly string[]): boolean {
  return args.includes('--json');
}

/** Reads what a flag means. A TypeError, which a schema throws, is an error of use. */
export function orUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asUsageError(error);
  }
}

/** A TypeError of a schema or an option, which came from a flag, as an error of use. Other errors stay as they are. */
export function asUsageError(error: unknown): unknown {
  return error instanceof TypeError ? new UsageError(error.message) : error;
}

function checkFlag(
  { name, rawName, value, inlineValue }: Extract<Token, { kind: 'option' }>,
  flags: Flags,
): void {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (!flag) throw new UsageError(unknownFlag(name, rawName, Object.keys(flags)));
  if (flag.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  if (flag.type === 'boolean') return;
  if (value === undefined) throw new UsageError(`${rawName} needs a value.`);
  if (!inlineValue && /^-./.test(value)) {
    const form = rawName.startsWith('--') ? ` If its value begins with a dash, write ${rawName}=VALUE.` : '';
    throw new UsageError(`${rawName} needs a value.${form}`);
  }
}

/** Whether a word can be the name of a flag or a command. What is no name, or a long one, could be a secret. */
export function isName(word: string): boolean {
  return /^[a-z][a-z\d-]{0,19}$/i.test(word);
}

function unknownFlag(name: string, rawName: string, known: readonly string[]): string {
  // A long one is compared all the same, but not repeated.
  const nearest = /^[a-z][a-z\d-]{0,29}$/i.test(name) ? nearestWord(name, known) : undefined;
  const shown = isName(name) ? ` ${rawName}` : '';
  return `Unknown option${shown}. ${nearest === undefined ? '--help lists all options.' : `Did you mean --${nearest}?`}`;
}

function unexpected(index: number, last: string | undefined): UsageError {
  const place = last === undefined ? '' : ` after ${last}`;
  return new UsageError(`Unexpected argument ${index + 1}${place}. --help lists all options.`);
}
