import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { attempt } from '../../check.ts';
import type { Fault } from '../../testing/faults/fault.ts';
import { readFault } from '../../testing/faults/read-fault.ts';
import { readRecording } from '../../testing/replay/read-recording.ts';
import { named, read } from '../../testing/schemas.ts';
import { ALLOWED_HOST } from '../../testing/server/host-names.ts';
import type { SandboxServerOptions } from '../../testing/server/start-sandbox-server.ts';
import { SYNCHRONISATION, type Synchronisation } from '../../testing/server/synchronisation.ts';
import { type Flags, readArguments } from '../read-arguments.ts';

/** The task of `bankside sandbox`. */
export type Task =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'serve';
      readonly isJson: boolean;
      readonly options: SandboxServerOptions & { sandbox: object };
    };

/** @internal */
export const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'allowed-host': { type: 'string', multiple: true },
  seed: { type: 'string' },
  latency: { type: 'string' },
  fault: { type: 'string', multiple: true },
  sync: { type: 'string', multiple: true },
  script: { type: 'string', multiple: true },
  replay: { type: 'string' },
  'no-cors': { type: 'boolean' },
  json: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies Flags;

const RANGE = 'milliseconds, such as 80, or a range of them, such as 50-200';
const LATENCY = z
  .pipe(z.string().check(z.regex(/^\d+(-\d+)?$/, RANGE)), z.transform(rangeOf))
  .check(z.refine(([low, high]) => low <= high, RANGE));

const NUMBERS = z.object({
  port: z.exactOptional(numeral(/^\d{1,5}$/, 'a whole number from 0 to 65535', 65_535)),
  seed: z.exactOptional(numeral(/^-?\d+(\.\d+)?$/, 'a number')),
  latency: z.exactOptional(LATENCY),
});

/**
 * @throws UsageError for an unknown flag, and for one without its value.
 * @throws TypeError for a value that does not fit. It names the flag, in one line.
 */
export function readFlags(args: readonly string[]): Task {
  const flags = readArguments(args, FLAGS);
  if (flags.help) return { kind: 'help' };
  if (flags.version) return { kind: 'version' };
  const { host, 'allowed-host': allowedHosts, fault = [], sync = [], script = [] } = flags;
  const { port, ...options } = read(NUMBERS, flags, (path) => `--${path}`);
  return {
    kind: 'serve',
    isJson: flags.json === true,
    options: {
      ...(port !== undefined && { port, strictPort: true }),
      ...(host !== undefined && { host }),
      ...(allowedHosts && {
        allowedHosts: read(z.array(ALLOWED_HOST), allowedHosts, () => '--allowed-host'),
      }),
      cors: !flags['no-cors'],
      sandbox: {
        ...options,
        faults: fault.map(faultOf),
        ...(flags.replay !== undefined && { replay: recordingIn(flags.replay) }),
      },
      synchronisations: [...sync.map(synchronisationOf), ...script.flatMap(synchronisationsIn)],
    },
  };
}

function numeral(pattern: RegExp, expected: string, highest = Infinity): z.ZodMiniType<number> {
  const number = z.pipe(z.string().check(z.regex(pattern, expected)), z.transform(Number));
  return number.check(z.lte(highest, expected));
}

function readSynchronisation(value: unknown): Synchronisation {
  return read(SYNCHRONISATION, value, named('A synchronisation'));
}

function rangeOf(text: string): [low: number, high: number] {
  const [low = 0, high = low] = text.split('-').map(Number);
  return [low, high];
}

function faultOf(text: string): Fault {
  return withFlag(`--fault ${text}`, () => {
    const { word, fields } = readFields(text);
    return readFault({ kind: word, ...fields });
  });
}

function synchronisationOf(text: string): Synchronisation {
  return withFlag(`--sync ${text}`, () => {
    const { word, fields } = readFields(text, ['connectionId', 'name', 'providerId']);
    return readSynchronisation({ ...(word === 'random' ? { random: true } : { scenario: word }), ...fields });
  });
}

function synchronisationsIn(file: string): readonly Synchronisation[] {
  return withFlag(`--script ${file}`, () => [readJson(file)].flat().map(readSynchronisation));
}

function recordingIn(file: string): ReturnType<typeof readRecording> {
  return withFlag(`--replay ${file}`, () => readRecording(readText(file)));
}

function readText(file: string): string {
  const text = attempt(() => readFileSync(file, 'utf8'));
  if (text === undefined) throw new TypeError('the file cannot be read.');
  return text;
}

function readJson(file: string): unknown {
  const text = readText(file);
  const content = attempt<unknown>(() => JSON.parse(text));
  if (content === undefined) throw new TypeError('the file is not JSON.');
  return content;
}

/** Puts the flag in front of an error. */
function withFlag<T>(flag: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new TypeError(`${flag}: ${(error as Error).message}`);
  }
}

/** A word with fields, such as `error,status=503,server=enrich`. */
interface WordWithFields {
  readonly word: string;
  /** Numeric values are numbers, unless the field is a string. */
  readonly fields: Readonly<Record<string, string | number>>;
}

const PARTS = z.tuple([z.string()], z.string().check(z.regex(/^\w+=/, 'like name=value')));

/** @param texts The fields that are texts, even if they look like numbers. */
function readFields(text: string, texts: readonly string[] = []): WordWithFields {
  const parts = text.split(',').map((part) => part.trim());
  const [word, ...rest] = read<[string, ...string[]]>(PARTS, parts, () => 'what follows the first word');
  const fields = rest.map((part): [string, string | number] => {
    const [name = ''] = part.split('=', 1);
    const value = part.slice(name.length + 1);
    const isNumber = !texts.includes(name) && /^\d+(\.\d+)?$/.test(value);
    return [name, isNumber ? Number(value) : value];
  });
  return { word, fields: Object.fromEntries(fields) };
}
