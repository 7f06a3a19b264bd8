import type { ReadMode } from './event-queue.ts';
import type { EndMarkerField, EndMarkers } from './synchronisations.ts';

/** How the queue behaves where nobody states it, and what a gateway in front of it says. */
export interface LinxoOptions {
  /**
   * `destructive`: a read takes the events out of the queue, so that two readers of it split them.
   * `per-reader`: each access token gets each event once. `repeatable`: a read takes nothing away.
   *
   * @default 'destructive'
   */
  readonly reads?: ReadMode;
  /** The status of a queue that has died or never was. @default 404 */
  readonly deadQueue?: 404 | 410;
  /** Of a queue since its last query, in milliseconds. @default 900_000 */
  readonly lifetime?: number;
  /** How a subscription's `Location` is written; `missing`: as CORS hides it. @default 'relative' */
  readonly location?: 'relative' | 'absolute' | 'missing';
  /** Whether a `Location` ends in a slash. @default false */
  readonly trailingSlash?: boolean;
  /**
   * Whether the end of a synchronisation is told for each channel, once without a channel, or both ways.
   *
   * @default 'channels'
   */
  readonly endMarkers?: EndMarkers;
  /** The field that holds the end marker, in place of the other one. @default 'event_type' */
  readonly endMarkerField?: EndMarkerField;
  /** Headers of the answers to GET. @default { 'cache-control': 'no-store' } */
  readonly readHeaders?: Readonly<Record<string, string>>;
  /** For pages of other origins. @default false */
  readonly cors?: CorsOptions | false;
}

/** What pages of other origins may do; exactly this, so that it shows what a bank's gateway must allow. */
export interface CorsOptions {
  /** Origins, or `'*'` alone. */
  readonly origins: readonly string[];
  /** Which headers a page may read. @default ['location', 'retry-after', 'date'] */
  readonly exposedHeaders?: readonly string[];
  /** Which headers a page may send. @default ['authorization', 'content-type'] */
  readonly allowedHeaders?: readonly string[];
  /** How long a preflight is good, in seconds; `false`: not said. @default 600 */
  readonly maxAge?: number | false;
  /** Whether cookies may come along. @default false */
  readonly credentials?: boolean;
}

/** Options as the queue uses them: complete, and each of them checked. */
export interface LinxoSettings extends Required<LinxoOptions> {
  readonly cors: Required<CorsOptions> | false;
}

export const DEFAULT_SETTINGS: LinxoSettings = {
  reads: 'destructive',
  deadQueue: 404,
  lifetime: 900_000,
  location: 'relative',
  trailingSlash: false,
  endMarkers: 'channels',
  endMarkerField: 'event_type',
  readHeaders: { 'cache-control': 'no-store' },
  cors: false,
};

const DEFAULT_CORS: Required<CorsOptions> = {
  origins: [],
  exposedHeaders: ['location', 'retry-after', 'date'],
  allowedHeaders: ['authorization', 'content-type'],
  maxAge: 600,
  credentials: false,
};

const CHOICES: Readonly<Partial<Record<keyof LinxoOptions, readonly unknown[]>>> = {
  reads: ['destructive', 'per-reader', 'repeatable'],
  deadQueue: [404, 410],
  location: ['relative', 'absolute', 'missing'],
  trailingSlash: [true, false],
  endMarkers: ['channels', 'global', 'both'],
  endMarkerField: ['event_type', 'event_status'],
};

/** Options over settings that hold already; throws a `TypeError` that names the one that does not fit. */
export function readLinxoOptions(options: LinxoOptions, settings: LinxoSettings): LinxoSettings {
  for (const name of Object.keys(options)) {
    expect(name, Object.hasOwn(DEFAULT_SETTINGS, name), 'left out: there is no such option', name);
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = options[name as keyof LinxoOptions];
    if (value !== undefined) expect(name, choices.includes(value), `one of ${choices.join(', ')}`, value);
  }
  const { lifetime, readHeaders, cors } = options;
  if (lifetime !== undefined) expect('lifetime', lifetime > 0, 'a number above 0', lifetime);
  if (readHeaders !== undefined) {
    expect('readHeaders', Object(readHeaders) === readHeaders, 'an object', readHeaders);
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...settings, ...given, cors: cors === undefined ? settings.cors : readCors(cors) };
}

function readCors(options: CorsOptions | false): Required<CorsOptions> | false {
  if (options === false) return false;
  const isFine = Array.isArray(options?.origins) && options.origins.length > 0;
  expect('cors', isFine, 'an object with a list of origins, or false', options);
  const cors = { ...DEFAULT_CORS, ...options };
  const isForbidden = cors.credentials && cors.origins.includes('*');
  expect('cors', !isForbidden, 'without credentials for any origin, as no browser takes both', options);
  return cors;
}

function expect(option: string, fine: boolean, expected: string, came: unknown): void {
  if (!fine)
    throw new TypeError(`createSandbox: "linxo.${option}" must be ${expected}, not ${String(came)}.`);
}
