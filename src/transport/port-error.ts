import { type AnyBanksideError, BanksideError, type ErrorCode, isBanksideError } from '../errors.ts';
import { now } from '../now.ts';
import { requestError, type SentRequest } from './transport.ts';

/** An error as it crosses. Without a code, it is one of others. */
interface WrittenError {
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: WrittenError | undefined;
}

/** What `details` must have beside what all errors about a request have. */
const DETAILS: Readonly<Record<ErrorCode, Readonly<Record<string, 'number' | 'string'>>>> = {
  INVALID_OPTIONS: { option: 'string', expected: 'string', received: 'string' },
  INVALID_CALL: { call: 'string', expected: 'string', received: 'string' },
  DUPLICATE_REQUEST: {},
  OVERLOADED: { maxPending: 'number' },
  NO_ENDPOINT: {},
  NO_CHANNEL: {},
  TIMEOUT: { timeout: 'number' },
  NETWORK: {},
  HTTP: { status: 'number' },
  UNAUTHORIZED: {},
  INVALID_RESPONSE: { expected: 'string', received: 'string' },
  ABORTED: {},
  DISPOSED: {},
  QUEUE_EXPIRED: { queueId: 'string' },
};

const SCALARS = ['string', 'number', 'boolean'];

/** Of errors that are each other's cause, so many cross. */
const DEPTH = 4;

/**
 * An error as it may cross to another window. One of this package keeps its code, message and details. Of any
 * other, `cause` included, only the name crosses: its words and fields are those of whoever made it, and may
 * quote an address, a token or a body. No stack crosses, as it names the files of the other side.
 */
export function writeError(error: unknown, depth: number = DEPTH): WrittenError {
  const { cause } = Object(error) as { cause?: unknown };
  const written = { cause: cause === undefined || depth < 2 ? undefined : writeError(cause, depth - 1) };
  if (!isBanksideError(error)) return { name: nameOf(error), ...written };
  const { code, message, details } = error;
  return { code, message, details: scalarsOf(details), ...written };
}

/**
 * The error that the far side wrote, about the request as it is known here. A code that is not known here, or
 * does not have the details that belong to it, becomes `NETWORK`.
 */
export function readError(received: unknown, sent: SentRequest): AnyBanksideError {
  const { code, message, details, cause } = Object(received) as WrittenError;
  const why = cause === undefined ? undefined : readCause(cause, sent, DEPTH);
  return (
    readKnown(code, message, details, sent, why) ??
    requestError(
      'NETWORK',
      `The far side failed${readable(code)}`,
      sent,
      {},
      why ?? readCause(received, sent, 1),
    )
  );
}

function readKnown(
  code: unknown,
  message: unknown,
  received: unknown,
  { request, started }: SentRequest,
  cause: unknown,
): AnyBanksideError | undefined {
  if (typeof code !== 'string' || !Object.hasOwn(DETAILS, code)) return undefined;
  const details = scalarsOf(received);
  const needed = Object.entries(DETAILS[code as ErrorCode]);
  if (typeof message !== 'string' || !needed.every(([name, type]) => typeof details[name] === type)) {
    return undefined;
  }
  const { requestId, server, type } = request;
  const elapsed = Math.round(now() - started);
  return new BanksideError(
    code as 'NETWORK',
    message,
    { ...details, requestId, server, type, elapsed },
    {
      cause,
    },
  );
}

function readCause(received: unknown, sent: SentRequest, depth: number): Error {
  const { name, code, message, details, cause } = Object(received) as WrittenError;
  const why = cause === undefined || depth < 2 ? undefined : readCause(cause, sent, depth - 1);
  const known = readKnown(code, message, details, sent, why);
  if (known) return known;
  const kind = nameOf({ name });
  return Object.assign(new Error(`A failure on the far side: ${kind}`, { cause: why }), { name: kind });
}

/** A code in the words of a message, if it looks like one. */
function readable(code: unknown): string {
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code)
    ? ` with ${code}, which is not known here`
    : '';
}

/** The name of an error, if it looks like one. */
function nameOf(error: unknown): string {
  const { name } = Object(error) as { name?: unknown };
  return typeof name === 'string' && /^[A-Z][A-Za-z]{1,40}$/.test(name) ? name : 'Error';
}

function scalarsOf(details: unknown): Record<string, unknown> {
  const entries = Object.entries(Object(details));
  return Object.fromEntries(entries.filter(([, value]) => SCALARS.includes(typeof value)));
}
