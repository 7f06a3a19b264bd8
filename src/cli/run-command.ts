import { constants } from 'node:os';
import { nearestWord } from '../text/nearest-word.ts';
import { printable } from '../text/printable.ts';
import { paintFor } from './colour.ts';
import { type Command, type CommandIo, EXIT, type ExitCode, UsageError } from './command.ts';
import { isName, readArguments, wantsJson } from './read-arguments.ts';
import { USAGE } from './usage.ts';
import { version } from './version.ts';

/** The sub-commands, imported late: help needs no package, and the doctor needs no msw. */
const COMMANDS = {
  sandbox: async () => (await import('./sandbox/run-sandbox.ts')).runSandbox,
  doctor: async () => (await import('./doctor/run-doctor.ts')).runDoctor,
} as const satisfies Record<string, () => Promise<Command>>;

type CommandName = keyof typeof COMMANDS;

const FLAGS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  json: { type: 'boolean' },
  'no-color': { type: 'boolean' },
} as const;

/** The command `bankside` without its process. Resolves with the exit code. An error is one line on stderr, or JSON on stdout. */
export async function runCommand(given: readonly string[], io: CommandIo): Promise<number> {
  const args = withoutHelpWord(given);
  const [first = '', ...rest] = args;
  const name = isCommand(first) ? first : undefined;
  try {
    if (name === undefined) return runAlone(args, io);
    const run: Command = await COMMANDS[name]();
    return await run(rest, io);
  } catch (error) {
    return fail(name === undefined ? 'bankside' : `bankside ${name}`, error, args, io);
  }
}

/** `bankside help sandbox` is `bankside sandbox --help`. */
function withoutHelpWord(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  return first === 'help' ? [...rest, '--help'] : args;
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

/** Without a sub-command. */
function runAlone(args: readonly string[], { stdout, stderr }: CommandIo): ExitCode {
  const [first] = args;
  if (first !== undefined && !first.startsWith('-')) throw new UsageError(unknownCommand(first));
  const flags = readArguments(args, FLAGS);
  if (flags.version) {
    stdout.write(`${version()}\n`);
    return EXIT.fine;
  }
  if (flags.json && !flags.help)
    throw new UsageError(`A command is missing. Known are ${Object.keys(COMMANDS).join(' and ')}.`);
  const output = flags.help ? stdout : stderr;
  output.write(USAGE);
  return flags.help ? EXIT.fine : EXIT.wrongUse;
}

function unknownCommand(word: string): string {
  const names = Object.keys(COMMANDS);
  if (!isName(word)) return `Unknown command. Known are ${names.join(' and ')}.`;
  const nearest = nearestWord(word, names);
  const hint = nearest === undefined ? `Known are ${names.join(' and ')}.` : `Did you mean ${nearest}?`;
  return `Unknown command ${word}. ${hint}`;
}

function fail(title: string, error: unknown, args: readonly string[], io: CommandIo): number {
  const exitCode = codeOf(error, io.signal);
  const message = io.signal.aborted ? 'Interrupted.' : printable(messageOf(error));
  // On stdout, so that a script always reads one object there.
  if (wantsJson(args)) io.stdout.write(`${JSON.stringify({ error: { message, exitCode } })}\n`);
  else io.stderr.write(`${paintFor(io.stderr, io.env, args)('red', `${title}:`)} ${message}\n`);
  return exitCode;
}

/** After a signal, as shells report it: 130 for SIGINT. */
function codeOf(error: unknown, { aborted, reason }: AbortSignal): number {
  if (!aborted) return error instanceof UsageError ? EXIT.wrongUse : EXIT.failed;
  return 128 + (reason === 'SIGTERM' ? constants.signals.SIGTERM : constants.signals.SIGINT);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isMsw = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'msw'");
  return isMsw ? 'msw 2 is needed. Install it with: npm install --save-dev msw@2' : error.message;
}
