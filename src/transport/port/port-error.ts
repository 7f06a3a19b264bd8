import {
  type AnyBanksideError,
  BanksideError,
  type ErrorCode,
  errorName,
  isBanksideError,
  namedError,
} from '../../errors.ts';
import { requestError, type StartedRequest } from '../../http/request-error.ts';
import { printable } from '../../text/printable.ts';
import { now } from '../../time.ts';

/** An error as it crosses. Without a code, it is one of others. */
interface WrittenError {
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: WrittenError | undefined;
}

/** What `details` must have with a code, beside what all errors about a request have. */
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

/** What `details` may have with any code. */
const OPTIONAL = { status: 'number', stoodStill: 'number' } as const;

/** Of errors that are each other's cause, so many cross. */
const DEPTH = 4;

/** Of a message, and of words in details, so many characters cross. */
const LONGEST_TEXT = 1_000;

/**
 * An error as it may cross to another window. One of this package keeps its code, its message and the details that
 * belong to the code. Of any other, `cause` included, only the name crosses: its words and fields are those of whoever
 * made it, and may quote an address, a token or a body. No stack crosses, as it names the files of the other side.
 */
export function writeError(error: unknown, depth: number = DEPTH): WrittenError {
  const { cause } = Object(error) as { cause?: unknown };
  const written = { cause: cause === undefined || depth < 2 ? undefined : writeError(cause, depth - 1) };
  if (!isBanksideError(error)) return { name: errorName(error), ...written };
  const { code, message, details } = error;
  return {
    code: isKnown(code) || readable(code) ? code : undefined,
    message: readText(message),
    details: readDetails(code, details),
    ...written,
  };
}

/**
 * The error that the far side wrote, about the request as it is known here. A code that is not known here, or
 * does not have the details that belong to it, becomes `NETWORK`.
 */
export function readError(received: unknown, sent: StartedRequest): AnyBanksideError {
  const read = readAny(received, sent, DEPTH);
  if (isBanksideError(read)) return read;
  const { code } = Object(received) as WrittenError;
  return requestError('NETWORK', `The far side failed${readable(code)}`, sent, {}, read);
}

function readAny(received: unknown, sent: StartedRequest, depth: number): AnyBanksideError | Error {
  const { cause: written } = Object(received) as WrittenError;
  const cause = written === undefined || depth < 2 ? undefined : readAny(written, sent, depth - 1);
  const name = errorName(received);
  return (
    readKnown(received, sent, cause) ??
    namedError(name, `A failure on the far side: ${name ?? 'Error'}`, { cause })
  );
}

function readKnown(
  received: unknown,
  { request, started }: StartedRequest,
  cause: unknown,
): AnyBanksideError | undefined {
  const { code, message: written, details: given } = Object(received) as Record<string, unknown>;
  const message = readText(written);
  const details = readDetails(code, given);
  if (message === undefined || !isKnown(code)) return undefined;
  if (!Object.keys(DETAILS[code]).every((name) => name in details)) return undefined;
  const { requestId, server, type } = request;
  const elapsed = Math.round(now() - started);
  return new BanksideError(
    code as 'NETWORK',
    message,
    { ...details, requestId, server, type, elapsed },
    { cause },
  );
}

function isKnown(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(DETAILS, code);
}

/** A code in the words of a message, if it looks like one. */
function readable(code: unknown): string {
  if (typeof code !== 'string' || !/^[A-Z_]{1,40}$/.test(code)) return '';
  return isKnown(code) ? ` with ${code}, without its details` : ` with ${code}, which is not known here`;
}

/** The details that belong to the code, each of its type. What all errors about a request have is not among them. */
function readDetails(code: unknown, given: unknown): Readonly<Record<string, unknown>> {
  const fields = Object(given) as Readonly<Record<string, unknown>>;
  const known: Readonly<Record<string, string>> = { ...OPTIONAL, ...(isKnown(code) && DETAILS[code]) };
  const read = Object.entries(known).map(([name, type]) => {
    const value = type === 'string' ? readText(fields[name]) : fields[name];
    return [name, typeof value === type ? value : undefined] as const;
  });
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

function readText(given: unknown): string | undefined {
  return typeof given === 'string' ? printable(given.slice(0, LONGEST_TEXT)) : undefined;
}
