import { attempt, fieldsOf } from '../../check.ts';
import {
  type AnyBanksideError,
  BanksideError,
  type ErrorCode,
  errorName,
  isBanksideError,
  isErrorCode,
  namedError,
} from '../../errors.ts';
import { LONGEST_TYPE, requestError, type StartedRequest } from '../../http/request-error.ts';
import { shortText } from '../../text/printable.ts';
import { now } from '../../time.ts';

/** An error in a message. Without a code, it is not of this package. */
interface WrittenError {
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: WrittenError | undefined;
}

/** The `details` that a code must have, in addition to those of every error about a request. */
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
  LOAD_FAILED: { src: 'string', global: 'string', reason: 'string' },
};

/** The `details` that every code may have. */
const OPTIONAL = { status: 'number', stoodStill: 'number' } as const;

/** How many errors are written, each the cause of the one before. */
const DEPTH = 4;

/** How many characters are written of a message, and of each string in details. */
const LONGEST_TEXT = 1_000;

/**
 * Writes an error for another window. An error of this package keeps its code, its message and the details of that code. Any
 * other error, also as a `cause`, only keeps its name: its message and fields may quote an address, a token or a body. No
 * stack is written, as it names files of this page.
 */
export function writeError(error: unknown, depth: number = DEPTH): WrittenError {
  const cause = attempt(() => fieldsOf(error)['cause']);
  const written = { cause: cause === undefined || depth < 2 ? undefined : writeError(cause, depth - 1) };
  if (!isBanksideError(error)) return { name: errorName(error), ...written };
  const { code } = error;
  return {
    code: isErrorCode(code) || unknownCode(code) ? code : undefined,
    message: attempt(() => readText(error.message)),
    details: attempt(() => readDetails(code, error.details)),
    ...written,
  };
}

/**
 * Reads an error that the host has written, for this request. It becomes `NETWORK` if its code is unknown here, or if details of
 * that code are missing.
 */
export function readError(received: unknown, sent: StartedRequest): AnyBanksideError {
  const read = readAny(received, sent, DEPTH);
  if (isBanksideError(read)) return read;
  const { code } = fieldsOf(received);
  const why = isErrorCode(code) ? ` with ${code}, without its details` : unknownCode(code);
  return requestError('NETWORK', `The other side failed${why}`, sent, {}, read);
}

function readAny(received: unknown, sent: StartedRequest, depth: number): AnyBanksideError | Error {
  const { cause: written } = fieldsOf(received);
  const cause = written === undefined || depth < 2 ? undefined : readAny(written, sent, depth - 1);
  const name = errorName(received);
  const message = `An error on the other side: ${name ?? 'Error'}`;
  return readKnown(received, sent, cause) ?? namedError(name, message, { cause });
}

function readKnown(
  received: unknown,
  { request, started }: StartedRequest,
  cause: unknown,
): AnyBanksideError | undefined {
  const { code, message: written, details: given } = fieldsOf(received);
  const message = readText(written);
  if (message === undefined || !isErrorCode(code)) return undefined;
  const read = readDetails(code, given);
  if (!Object.keys(DETAILS[code]).every((name) => name in read)) return undefined;
  const { requestId, server } = request;
  const type = request.type && shortText(request.type, LONGEST_TYPE);
  const details = { ...read, requestId, server, type, elapsed: Math.round(now() - started) };
  return new BanksideError(code as 'NETWORK', message, details, { cause });
}

/** For an error message: names a code of a newer version. Empty for a value that does not look like a code. */
function unknownCode(code: unknown): string {
  const isCode = typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code);
  return isCode ? ` with ${code}, which is not known here` : '';
}

/** The details that belong to the code and have the right type, without those that every error about a request has. */
function readDetails(code: unknown, given: unknown): Readonly<Record<string, unknown>> {
  const fields = fieldsOf(given);
  const known: Readonly<Record<string, string>> = { ...OPTIONAL, ...(isErrorCode(code) && DETAILS[code]) };
  const read = Object.entries(known).map(([name, type]) => {
    const value = type === 'string' ? readText(fields[name]) : fields[name];
    return [name, typeof value === type ? value : undefined] as const;
  });
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

function readText(given: unknown): string | undefined {
  return typeof given === 'string' ? shortText(given, LONGEST_TEXT) : undefined;
}
