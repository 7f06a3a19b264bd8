import type { ErrorCode } from '../../src/index.ts';

/** Every code: the compiler says if one is missing. */
const known: Readonly<Record<ErrorCode, true>> = {
  INVALID_OPTIONS: true,
  INVALID_CALL: true,
  DUPLICATE_REQUEST: true,
  OVERLOADED: true,
  NO_ENDPOINT: true,
  NO_CHANNEL: true,
  TIMEOUT: true,
  NETWORK: true,
  HTTP: true,
  UNAUTHORIZED: true,
  INVALID_RESPONSE: true,
  ABORTED: true,
  DISPOSED: true,
  QUEUE_EXPIRED: true,
};

export const errorCodes: readonly ErrorCode[] = Object.keys(known) as ErrorCode[];
