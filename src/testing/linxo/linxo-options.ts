import * as z from 'zod/mini';
import { choice, fields, LIFETIME, type Name, read } from '../schemas.ts';
import type { ReadMode } from './event-queue.ts';
import type { EndMarkerField, EndMarkers } from './synchronisations.ts';

/** The behaviour of the queue that the documents leave open, and the headers of a gateway in front of it. */
export interface LinxoOptions {
  /**
   * `destructive`: a read removes the events, so that two readers get different events. `per-reader`: each access token
   * gets each event once. `repeatable`: a read removes nothing.
   *
   * @default 'destructive'
   */
  readonly reads?: ReadMode;
  /** The status for an expired or unknown queue. @default 404 */
  readonly deadQueue?: 404 | 410;
  /** How long a queue exists after its last read, in milliseconds. @default 900_000 */
  readonly lifetime?: number;
  /** The form of a subscription's `Location`. `missing`: as if CORS hid it. @default 'relative' */
  readonly location?: 'relative' | 'absolute' | 'missing';
  /** Whether a `Location` ends in a slash. @default false */
  readonly trailingSlash?: boolean;
  /**
   * Whether the end of a synchronisation is an event per channel, one event without a channel, or both.
   *
   * @default 'channels'
   */
  readonly endMarkers?: EndMarkers;
  /** The field of the end marker. The other field is missing then. @default 'event_type' */
  readonly endMarkerField?: EndMarkerField;
  /** The headers of answers to GET. @default { 'cache-control': 'no-store' } */
  readonly readHeaders?: Readonly<Record<string, string>>;
  /** The CORS rules for pages of other origins. @default false */
  readonly cors?: CorsOptions | false;
}

/** What pages of other origins may do. Nothing else is allowed, so that it shows what a bank's gateway must allow. */
export interface CorsOptions {
  /** Origins, or only `'*'`. */
  readonly origins: readonly string[];
  /** The headers that a page may read. @default ['location', 'retry-after', 'date'] */
  readonly exposedHeaders?: readonly string[];
  /** The headers that a page may send. @default ['authorization', 'content-type'] */
  readonly allowedHeaders?: readonly string[];
  /** How long a preflight is cached, in seconds. `false`: without the header. @default 600 */
  readonly maxAge?: number | false;
  /** Whether cookies are allowed. @default false */
  readonly credentials?: boolean;
}

/** Complete and validated options. */
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

export const SANDBOX_OPTION: Name = (path) => `createSandbox: "${path || 'options'}"`;

export const END_MARKERS: z.ZodMiniType<EndMarkers> = choice(['channels', 'global', 'both']);
export const END_MARKER_FIELD: z.ZodMiniType<EndMarkerField> = choice(['event_type', 'event_status']);

const CORS = fields<Required<CorsOptions>>({
  origins: z.array(z.string(), 'a list of at least one origin').check(z.minLength(1)),
  exposedHeaders: z._default(z.array(z.string()), ['location', 'retry-after', 'date']),
  allowedHeaders: z._default(z.array(z.string()), ['authorization', 'content-type']),
  maxAge: z._default(
    z.union([z.literal(false), z.number('a number of seconds, 0 or more').check(z.gte(0))]),
    600,
  ),
  credentials: z._default(z.boolean(), false),
}).check(
  z.refine(({ credentials, origins }) => !(credentials && origins.includes('*')), {
    path: ['credentials'],
    error: 'false if any origin is allowed',
  }),
);

export const LINXO_OPTIONS: z.ZodMiniType<Partial<LinxoSettings>> = fields<Partial<LinxoSettings>>({
  reads: z.optional(choice(['destructive', 'per-reader', 'repeatable'])),
  deadQueue: z.optional(z.literal([404, 410])),
  lifetime: z.optional(LIFETIME),
  location: z.optional(choice(['relative', 'absolute', 'missing'])),
  trailingSlash: z.optional(z.boolean()),
  endMarkers: z.optional(END_MARKERS),
  endMarkerField: z.optional(END_MARKER_FIELD),
  readHeaders: z.optional(z.record(z.string(), z.string())),
  cors: z.optional(z.union([z.literal(false), CORS])),
});

/** Nested, so that messages name the option as in `createSandbox`. */
const WITH_LINXO = fields({ linxo: LINXO_OPTIONS });

/** Merges options into settings. @throws TypeError that names the invalid option. */
export function readLinxoOptions(options: LinxoOptions, settings: LinxoSettings): LinxoSettings {
  return { ...settings, ...read(WITH_LINXO, { linxo: options }, SANDBOX_OPTION).linxo };
}
