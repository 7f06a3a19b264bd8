import * as z from 'zod/mini';
import type { Fault } from './fault.ts';
import { aFunction, FINITE, LIFETIME, MILLISECONDS } from './field-schemas.ts';
import { fields } from './fields.ts';
import {
  DEFAULT_SETTINGS,
  LINXO_OPTIONS,
  type LinxoOptions,
  type LinxoSettings,
  OF_SANDBOX,
} from './linxo/linxo-options.ts';
import type { Push } from './push-channel.ts';
import { read } from './read.ts';
import { FAULT } from './read-fault.ts';

/** The lowest and the highest value. */
type Range = readonly [low: number, high: number];

/** What {@link createSandbox} is made with. */
export interface SandboxOptions {
  /** The same seed gives the same data and the same chance. @default 1 */
  readonly seed?: number;
  /** Goes before the paths: an origin, `''` for the page's own, `'*'` for any. @default '*' */
  readonly baseUrl?: string;
  /** How long a token of either kind is good, in milliseconds. @default 600_000 */
  readonly tokenLifetime?: number;
  /** How many tokens of each kind are good at once; one more makes the oldest stale. @default 16 */
  readonly liveTokens?: number;
  /** Before every answer, in milliseconds; a pair is a range. @default 0 */
  readonly latency?: number | readonly [low: number, high: number];
  /** What goes wrong from the start, until `clearFaults` is called. @default [] */
  readonly faults?: readonly Fault[];
  /** The time of tokens and of the event queue, in milliseconds. @default Date.now */
  readonly now?: () => number;
  /** How the event queue behaves where nobody states it, and which headers it sends. */
  readonly linxo?: LinxoOptions;
  /** Gets the replies that come by another way than HTTP: second ones, and late ones. */
  readonly onPush?: (push: Push) => void;
}

/** Options as the sandbox uses them: complete, and each of them checked. */
export interface ReadOptions extends Required<SandboxOptions> {
  readonly latency: Range;
  readonly linxo: LinxoSettings;
}

const RANGE = z
  .tuple([MILLISECONDS, MILLISECONDS])
  .check(z.refine(([low, high]) => low <= high, 'a range that begins with its lower end'));
const SINGLE = z.pipe(
  MILLISECONDS,
  z.transform((latency): Range => [latency, latency]),
);
const LATENCY = z.union([SINGLE, RANGE], '0 or more milliseconds, or a range of them, such as [50, 200]');

const OPTIONS = fields<Omit<ReadOptions, 'linxo'> & { readonly linxo?: Partial<LinxoSettings> }>({
  seed: z._default(FINITE, 1),
  baseUrl: z._default(z.string(), '*'),
  tokenLifetime: z._default(LIFETIME, 600_000),
  liveTokens: z._default(z.int('a whole number above 0').check(z.gt(0)), 16),
  latency: z._default(LATENCY, [0, 0]),
  faults: z._default(z.array(FAULT), []),
  now: z._default(aFunction<() => number>(), () => () => Date.now()),
  linxo: z.optional(LINXO_OPTIONS),
  onPush: z._default(aFunction<(push: Push) => void>(), () => () => {}),
});

export function readOptions(options: SandboxOptions): ReadOptions {
  const given = read(OPTIONS, options, OF_SANDBOX);
  return { ...given, linxo: { ...DEFAULT_SETTINGS, ...given.linxo } };
}
