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
  const read = readAny(received, sent, DEPTH);
  if (isBanksideError(read)) return read;
  const { code } = Object(received) as WrittenError;
  return requestError('NETWORK', `The far side failed${readable(code)}`, sent, {}, read);
}

function readAny(received: unknown, sent: SentRequest, depth: number): AnyBanksideError | Error {
  const { name, cause: written } = Object(received) as WrittenError;
  const cause = written === undefined || depth < 2 ? undefined : readAny(written, sent, depth - 1);
  const kind = nameOf({ name });
  return (
    readKnown(received, sent, cause) ??
    Object.assign(new Error(`A failure on the far side: ${kind}`, { cause }), { name: kind })
  );
}

function readKnown(
  received: unknown,
  { request, started }: SentRequest,
  cause: unknown,
): AnyBanksideError | undefined {
  const { code, message, details: written } = Object(received) as Record<string, unknown>;
  if (typeof code !== 'string' || !Object.hasOwn(DETAILS, code)) return undefined;
  const details = scalarsOf(written);
  const needed = Object.entries(DETAILS[code as ErrorCode]);
  if (typeof message !== 'string' || !needed.every(([name, type]) => typeof details[name] === type)) {
    return undefined;
  }
  const { requestId, server, type } = request;
  const elapsed = Math.round(now() - started);
  const known = { ...details, requestId, server, type, elapsed };
  return new BanksideError(code as 'NETWORK', message, known, { cause });
}

/** A code in the words of a message, if it looks like one. */
function readable(code: unknown): string {
  if (typeof code !== 'string' || !/^[A-Z_]{1,40}$/.test(code)) return '';
  return Object.hasOwn(DETAILS, code)
    ? ` with ${code}, without its details`
    : ` with ${code}, which is not known here`;
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
