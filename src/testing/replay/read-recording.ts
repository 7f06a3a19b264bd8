import * as z from 'zod/mini';
import { attempt } from '../../check.ts';
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
import { choice, fields, read, wholeNumber } from '../schemas.ts';
import { isDeeperThan } from './is-deeper-than.ts';

const MAX_LENGTH = 50_000_000;
const MAX_LEVELS = 200;
/** The longest that a timer waits: 24 days. */
const MAX_TIME = 2 ** 31 - 1;
const ADVICE = 'Record again, or use the file as it was saved.';

const TIME = z
  .number('a number of milliseconds, 0 or more')
  .check(z.gte(0), z.lte(MAX_TIME, `a number of milliseconds, ${MAX_TIME} at most`));
const WORD = z.string('a string');
const STATUS = z.optional(wholeNumber(0, 599));
const SECONDS = z.optional(z.number('a number of seconds'));
const COUNT = z.int('a whole number, 0 or more').check(z.gte(0));
const OBJECT = z.record(z.string(), z.unknown());

const ATTEMPT = fields<RecordedAttempt>({ after: TIME, status: STATUS });

/** One shape for both kinds of ends. */
type AnyEnd = {
  readonly after: number;
  readonly reply?: unknown;
  readonly code?: string;
  readonly status?: number;
};
const END = fields<AnyEnd>({
  after: TIME,
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
  at: TIME,
  server: choice(SERVER_NAMES),
  requestId: WORD,
  body: z.unknown(),
  retried: z.optional(z.array(ATTEMPT)),
  end: z.optional(END),
  repliesAfterEnd: z.optional(z.array(TIME)),
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
  z.strictObject({ at: TIME, kind: z.enum(['subscribed', 'resumed', 'expired', 'malformed']) }),
  z.strictObject({ at: TIME, kind: z.literal('poll'), events: COUNT, duration: TIME }),
  z.strictObject({ at: TIME, kind: z.literal('event'), event: OBJECT }),
  z.strictObject({ at: TIME, kind: z.literal('connection'), connection: CONNECTION }),
  z.strictObject({ at: TIME, kind: z.literal('gap'), reason: WORD }),
  z.strictObject({
    at: TIME,
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
  duration: TIME,
  isCut: z.boolean(),
  requests: z.array(REQUEST),
  queue: z.optional(QUEUE),
});

/**
 * Reads a recording, or the text of its file.
 *
 * @returns A copy.
 * @throws TypeError that names the place, what was expected and what was received, in one line.
 */
export function readRecording(given: unknown): Recording {
  const value = typeof given === 'string' ? parse(given) : given;
  checkHead(value);
  if (isDeeperThan(value, MAX_LEVELS)) refuse(`replay is nested deeper than ${MAX_LEVELS} levels.`);
  return copyOf(readFields(value));
}

function readFields(value: unknown): Recording {
  try {
    return read(RECORDING, value, placeOf);
  } catch (error) {
    return refuse(oneLine((error as Error).message));
  }
}

function parse(text: string): unknown {
  const json = text.replace(/^\uFEFF/, ''); // some editors add it
  if (json.trim() === '') refuse('replay is empty.');
  checkLength(json);
  if (/^\s*</.test(json)) refuse('replay must be the text of a recording, not a page of HTML or XML.');
  if (json.startsWith('\uFFFD') || json.includes('\0')) refuse('replay must be text in UTF-8.');
  const value = attempt<unknown>(() => JSON.parse(json));
  return value === undefined
    ? refuse('replay must be the text of a recording, but it is not JSON, or it is cut off.')
    : value;
}

/** Says first if it is another file, or of another version. */
function checkHead(value: unknown): void {
  const { format, version } = Object(value) as Partial<Record<'format' | 'version', unknown>>;
  if (typeof value !== 'object' || value === null || format !== FORMAT)
    refuse(`replay must be a recording: an object whose "format" is "${FORMAT}".`);
  if (typeof version === 'number' && version > VERSION)
    throw new TypeError(
      `replay.version must be ${VERSION}, not ${version}: a newer bankside wrote it. Update bankside.`,
    );
}

/** As if it came from a file: nobody changes it later, and it can be sent. */
function copyOf(recording: Recording): Recording {
  const json = attempt(() => JSON.stringify(recording));
  if (json === undefined) refuse('replay must be JSON, without values such as a BigInt.');
  checkLength(json);
  return JSON.parse(json) as Recording;
}

function checkLength({ length }: string): void {
  if (length > MAX_LENGTH)
    throw new TypeError(`replay must have ${MAX_LENGTH} characters at most, not ${length}.`);
}

function refuse(message: string): never {
  throw new TypeError(`${message} ${ADVICE}`);
}

/** Such as `replay.requests[3].at`. */
function placeOf(path: string): string {
  return path === '' ? 'replay' : `replay.${path}`.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');
}

function oneLine(message: string): string {
  return message.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
}
