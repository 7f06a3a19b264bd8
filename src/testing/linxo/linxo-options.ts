import * as z from 'zod/mini';
import { choice, LIFETIME } from '../field-schemas.ts';
import { fields } from '../fields.ts';
import { type Name, read } from '../read.ts';
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

export const OF_SANDBOX: Name = (path) => `createSandbox: "${path || 'options'}"`;

export const END_MARKERS: z.ZodMiniType<EndMarkers> = choice(['channels', 'global', 'both']);
export const END_MARKER_FIELD: z.ZodMiniType<EndMarkerField> = choice(['event_type', 'event_status']);

const CORS = fields<Required<CorsOptions>>({
  origins: z.array(z.string(), 'a list of origins, one at least').check(z.minLength(1)),
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
    error: 'false where any origin may come, as no browser takes both',
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

/** With the name that the options have in those of the sandbox, for the messages. */
const OF_QUEUE = fields({ linxo: LINXO_OPTIONS });

/** Options over settings that hold already; throws a `TypeError` that names the one that does not fit. */
export function readLinxoOptions(options: LinxoOptions, settings: LinxoSettings): LinxoSettings {
  return { ...settings, ...read(OF_QUEUE, { linxo: options }, OF_SANDBOX).linxo };
}
