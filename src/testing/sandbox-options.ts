import type { Fault } from './fault.ts';
import {
  DEFAULT_SETTINGS,
  type LinxoOptions,
  type LinxoSettings,
  readLinxoOptions,
} from './linxo/linxo-options.ts';
import type { Push } from './push-channel.ts';

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

export function readOptions(options: SandboxOptions): ReadOptions {
  const { seed = 1, baseUrl = '*', tokenLifetime = 600_000, liveTokens = 16, latency = 0 } = options;
  const range: Range = typeof latency === 'number' ? [latency, latency] : latency;
  const { faults = [], onPush = () => {}, now = () => Date.now(), linxo = {} } = options;

  expect('seed', Number.isFinite(seed), 'a finite number', seed);
  expect('baseUrl', typeof baseUrl === 'string', 'a text', baseUrl);
  expect('tokenLifetime', tokenLifetime > 0, 'a number above 0', tokenLifetime);
  expect('liveTokens', Number.isInteger(liveTokens) && liveTokens > 0, 'a whole number above 0', liveTokens);
  expect('latency', 0 <= range[0] && range[0] <= range[1], '0 or more, or a range of it', latency);
  expect('faults', Array.isArray(faults), 'a list of faults', faults);
  expect('onPush', typeof onPush === 'function', 'a function', onPush);
  expect('now', typeof now === 'function', 'a function', now);
  const settings = readLinxoOptions(linxo, DEFAULT_SETTINGS);
  return { seed, baseUrl, tokenLifetime, liveTokens, latency: range, faults, onPush, now, linxo: settings };
}

function expect(option: keyof SandboxOptions, fine: boolean, expected: string, came: unknown): void {
  if (!fine) throw new TypeError(`createSandbox: "${option}" must be ${expected}, not ${String(came)}.`);
}
