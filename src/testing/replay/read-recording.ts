import * as z from 'zod/mini';
import { SERVER_NAMES } from '../../errors.ts';
import {
  FORMAT,
  type QueueStep,
  type RecordedAttempt,
  type RecordedChannel,
  type RecordedConnection,
  type RecordedEnd,
  type RecordedQueue,
  type RecordedRequest,
  type Recording,
  VERSION,
} from '../../recording/recording.ts';
import { choice, fields, MILLISECONDS, read, wholeNumber } from '../schemas.ts';

const MAX_LENGTH = 50_000_000;
const ADVICE = 'Record again, or use the file as it was saved.';

const WORD = z.string('a string');
const STATUS = z.optional(wholeNumber(0, 599));
const SECONDS = z.optional(z.number('a number of seconds'));
const COUNT = z.int('a whole number, 0 or more').check(z.gte(0));
const OBJECT = z.record(z.string(), z.unknown());

const ATTEMPT = fields<RecordedAttempt>({ after: MILLISECONDS, status: STATUS });

/** One shape for both kinds of ends. */
type AnyEnd = {
  readonly after: number;
  readonly reply?: unknown;
  readonly code?: string;
  readonly status?: number;
};
const END = fields<AnyEnd>({
  after: MILLISECONDS,
  reply: z.optional(z.unknown()),
  code: z.optional(WORD),
  status: STATUS,
}).check(
  z.refine(
    (end) => end.reply !== undefined || end.code !== undefined,
    'an object with a "reply" or a "code"',
  ),
) as unknown as z.ZodMiniType<RecordedEnd>;

const REQUEST = fields<RecordedRequest>({
  at: MILLISECONDS,
  server: choice(SERVER_NAMES),
  requestId: WORD,
  body: z.unknown(),
  retried: z.optional(z.array(ATTEMPT)),
  end: z.optional(END),
  repliesAfterEnd: z.optional(z.array(MILLISECONDS)),
});

const CHANNEL = fields<RecordedChannel>({
  channel_definition_id: WORD,
  status: WORD,
  mode: z.optional(choice(['EMBEDDED', 'REDIRECT'])),
  expires: SECONDS,
  last_success_date: SECONDS,
  last_end_date: SECONDS,
});

const CONNECTION = fields<RecordedConnection>({
  id: WORD,
  provider_id: z.optional(WORD),
  name: z.optional(WORD),
  status: WORD,
  channels: z.array(CHANNEL),
});

const STEP = z.discriminatedUnion('kind', [
  z.strictObject({ at: MILLISECONDS, kind: z.enum(['subscribed', 'resumed', 'expired']) }),
  z.strictObject({ at: MILLISECONDS, kind: z.literal('poll'), events: COUNT, duration: MILLISECONDS }),
  z.strictObject({ at: MILLISECONDS, kind: z.literal('event'), event: OBJECT }),
  z.strictObject({ at: MILLISECONDS, kind: z.literal('connection'), connection: CONNECTION }),
  z.strictObject({ at: MILLISECONDS, kind: z.literal('gap'), reason: WORD }),
  z.strictObject({
    at: MILLISECONDS,
    kind: z.literal('failure'),
    type: z.enum(['subscribe', 'poll', 'connection']),
    code: WORD,
    status: STATUS,
  }),
]) as unknown as z.ZodMiniType<QueueStep>;

const QUEUE = fields<RecordedQueue>({ connections: z.array(CONNECTION), steps: z.array(STEP) });

const RECORDING = fields<Recording>({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  duration: MILLISECONDS,
  isCut: z.boolean(),
  requests: z.array(REQUEST),
  queue: z.optional(QUEUE),
});

/**
 * Reads a recording, or the text of its file.
 *
 * @throws TypeError that names the place, what was expected and what was received, in one line.
 */
export function readRecording(given: unknown): Recording {
  const value = typeof given === 'string' ? parse(given) : given;
  checkHead(value);
  try {
    return read(RECORDING, value, placeOf);
  } catch (error) {
    if (error instanceof RangeError) throw new TypeError(`replay is nested too deeply. ${ADVICE}`);
    throw new TypeError(`${oneLine((error as Error).message)} ${ADVICE}`);
  }
}

function parse(text: string): unknown {
  if (text.trim() === '') throw new TypeError(`replay is empty. ${ADVICE}`);
  if (text.length > MAX_LENGTH)
    throw new TypeError(`replay must have ${MAX_LENGTH} characters at most, not ${text.length}.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(
      `replay must be the text of a recording, but it is not JSON, or it is cut off. ${ADVICE}`,
    );
  }
}

/** Says first if it is another file, or of another version. */
function checkHead(value: unknown): void {
  const { format, version } = Object(value) as Partial<Record<'format' | 'version', unknown>>;
  if (typeof value !== 'object' || value === null || format !== FORMAT)
    throw new TypeError(`replay must be a recording: an object whose "format" is "${FORMAT}". ${ADVICE}`);
  if (typeof version === 'number' && version > VERSION)
    throw new TypeError(
      `replay.version must be ${VERSION}, not ${version}: a newer bankside wrote it. Update bankside.`,
    );
}

/** Such as `replay.requests[3].at`. */
function placeOf(path: string): string {
  return path === '' ? 'replay' : `replay.${path}`.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');
}

function oneLine(message: string): string {
  return message.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
}
