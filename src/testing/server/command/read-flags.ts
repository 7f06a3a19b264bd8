import { readFileSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Fault } from '../../fault.ts';
import { readFault } from '../../read-fault.ts';
import type { SandboxServerOptions } from '../start-sandbox-server.ts';
import type { Synchronisation } from '../synchronise.ts';
import { readFields } from './list-of-fields.ts';
import { WrongFlag } from './wrong-flag.ts';

/** What the command is to do. */
export type Task =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'serve';
      readonly options: SandboxServerOptions & { sandbox: object };
    };

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  seed: { type: 'string' },
  latency: { type: 'string' },
  fault: { type: 'string', multiple: true },
  sync: { type: 'string', multiple: true },
  script: { type: 'string', multiple: true },
  'no-cors': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsConfig['options'];

/** @throws WrongFlag naming the flag that does not fit. */
export function readFlags(args: readonly string[]): Task {
  const flags = parse(args);
  if (flags.help) return { kind: 'help' };
  if (flags.version) return { kind: 'version' };
  const { port, host, seed, latency, fault = [], sync = [], script = [] } = flags;
  return {
    kind: 'serve',
    options: {
      ...(port !== undefined && { port: portOf(port), strictPort: true }),
      ...(host !== undefined && { host }),
      cors: !flags['no-cors'],
      sandbox: {
        ...(seed !== undefined && { seed: seedOf(seed) }),
        ...(latency !== undefined && { latency: latencyOf(latency) }),
        faults: fault.map(faultOf),
      },
      synchronisations: [...sync.map(synchronisationOf), ...script.flatMap(synchronisationsIn)],
    },
  };
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'] {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true }).values;
  } catch (error) {
    // Its first sentence says what is wrong, and the rest how flags are written everywhere.
    throw new WrongFlag((error as Error).message.replace(/\.\s.*$/s, '.'));
  }
}

function portOf(text: string): number {
  return expectMatch('port', 'a whole number from 0 to 65535', text, /^\d{1,5}$/, (port) => port <= 65_535);
}

function seedOf(text: string): number {
  return expectMatch('seed', 'a number', text, /^-?\d+(\.\d+)?$/);
}

function latencyOf(text: string): [low: number, high: number] {
  const expected = 'milliseconds, such as 80, or a range of them, such as 50-200';
  const [low = text, high = low, ...more] = text.split('-');
  const isRange = more.length === 0 && Number(low) <= Number(high);
  const read = (part: string) => expectMatch('latency', expected, isRange ? part : text, /^\d+$/);
  return [read(low), read(high)];
}

function expectMatch(
  flag: string,
  expected: string,
  text: string,
  pattern: RegExp,
  isFine: (value: number) => boolean = () => true,
): number {
  if (pattern.test(text) && isFine(Number(text))) return Number(text);
  throw new WrongFlag(`--${flag} must be ${expected}, not ${JSON.stringify(text)}.`);
}

function faultOf(text: string): Fault {
  const { word, fields } = readFields('--fault', text);
  try {
    return readFault({ kind: word, ...fields });
  } catch (error) {
    throw new WrongFlag(`--fault ${text}: ${(error as Error).message}`);
  }
}

function synchronisationOf(text: string): Synchronisation {
  const { word, fields } = readFields('--sync', text, ['connectionId', 'name', 'providerId']);
  return { ...(word === 'random' ? { random: true } : { scenario: word }), ...fields } as Synchronisation;
}

function synchronisationsIn(file: string): readonly Synchronisation[] {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const orders = Array.isArray(read) ? read : [read];
    if (orders.every((order) => Object(order) === order)) return orders;
  } catch (error) {
    throw new WrongFlag(`--script ${file}: ${(error as Error).message}`);
  }
  throw new WrongFlag(`--script ${file}: it must hold an object, or a list of objects.`);
}
