import * as z from 'zod/mini';
import type { Recording } from '../recording/recording.ts';
import type { Fault } from './faults/fault.ts';
import { FAULT } from './faults/read-fault.ts';
import {
  DEFAULT_SETTINGS,
  LINXO_OPTIONS,
  type LinxoOptions,
  type LinxoSettings,
  SANDBOX_OPTION,
} from './linxo/linxo-options.ts';
import type { Push } from './push-channel.ts';
import { readRecording } from './replay/read-recording.ts';
import { aFunction, FINITE, fields, LIFETIME, MILLISECONDS, read } from './schemas.ts';

type Range = readonly [low: number, high: number];

/** The options of {@link createSandbox}. */
export interface SandboxOptions {
  /** The same seed gives the same data and the same random faults. @default 1 */
  readonly seed?: number;
  /** The origin of the paths. `''`: the page's own; `'*'`: any. @default '*' */
  readonly baseUrl?: string;
  /** How long a token of either kind is valid, in milliseconds. @default 600_000 */
  readonly tokenLifetime?: number;
  /** How many tokens of each kind are valid at once. A further one makes the oldest stale. @default 16 */
  readonly liveTokens?: number;
  /** The delay of every answer, in milliseconds, or a range of delays. @default 0 */
  readonly latency?: number | readonly [low: number, high: number];
  /** Faults from the start, until `clearFaults`. @default [] */
  readonly faults?: readonly Fault[];
  /** The clock of tokens and of the event queue, in milliseconds. @default Date.now */
  readonly now?: () => number;
  /** The behaviour of the event queue that the documents leave open, and its headers. */
  readonly linxo?: LinxoOptions;
  /** Called with each reply outside of HTTP: the second one of `twice`, and late ones. */
  readonly onPush?: (push: Push) => void;
  /**
   * A recording, or the text of its file. The servers answer as the recorded ones did.
   *
   * @default none
   */
  readonly replay?: Recording | string;
}

/** Complete and validated options. */
export interface ReadOptions extends Required<Omit<SandboxOptions, 'replay'>> {
  readonly replay: Recording | undefined;
  readonly latency: Range;
  readonly linxo: LinxoSettings;
}

const RANGE = z
  .tuple([MILLISECONDS, MILLISECONDS])
  .check(z.refine(([low, high]) => low <= high, 'a range from low to high'));
const SINGLE = z.pipe(
  MILLISECONDS,
  z.transform((latency): Range => [latency, latency]),
);
const LATENCY = z.union([SINGLE, RANGE], '0 or more milliseconds, or a range of them, such as [50, 200]');

const OPTIONS = fields<
  Omit<ReadOptions, 'linxo' | 'replay'> & {
    readonly linxo?: Partial<LinxoSettings>;
    readonly replay?: unknown;
  }
>({
  seed: z._default(FINITE, 1),
  baseUrl: z._default(z.string(), '*'),
  tokenLifetime: z._default(LIFETIME, 600_000),
  liveTokens: z._default(z.int('a whole number above 0').check(z.gt(0)), 16),
  latency: z._default(LATENCY, [0, 0]),
  faults: z._default(z.array(FAULT), []),
  now: z._default(aFunction<() => number>(), () => () => Date.now()),
  linxo: z.optional(LINXO_OPTIONS),
  replay: z.optional(z.unknown()),
  onPush: z._default(aFunction<(push: Push) => void>(), () => () => {}),
});

export function readOptions(options: SandboxOptions): ReadOptions {
  const given = read(OPTIONS, options, SANDBOX_OPTION);
  const replay = given.replay === undefined ? undefined : readRecording(given.replay);
  return { ...given, replay, linxo: { ...DEFAULT_SETTINGS, ...given.linxo } };
}
