import type { AnyBanksideError, ErrorCode } from '../errors.ts';
import { optionalNumber, textOf } from './plain-fields.ts';

/** The parts of an error that are remembered. Not its message: the page's own transport can have written it. */
export interface ErrorFields {
  readonly code: ErrorCode;
  readonly status: number | undefined;
  readonly timeout: number | undefined;
}

export function errorFields({ code, details }: AnyBanksideError): ErrorFields {
  const { status, timeout } = (details ?? {}) as Readonly<Record<string, unknown>>;
  return {
    code: textOf(code) as ErrorCode,
    status: optionalNumber(status),
    timeout: optionalNumber(timeout),
  };
}
