import { attempt, fieldsOf } from '../check.ts';
import { type AnyBanksideError, type ErrorCode, isErrorCode } from '../errors.ts';
import { optionalNumber } from './plain-fields.ts';

/** The parts of an error that are remembered. Not its message: the page's own transport can have written it. */
export interface ErrorFields {
  readonly code: ErrorCode | 'unknown';
  readonly status: number | undefined;
  readonly timeout: number | undefined;
  /** As it came. */
  readonly type: unknown;
}

/** Never throws: an error of the page may have getters that do. */
export function errorFields(error: AnyBanksideError): ErrorFields {
  const code = attempt(() => error.code);
  const details = fieldsOf(attempt(() => error.details));
  return {
    code: isErrorCode(code) ? code : 'unknown',
    status: optionalNumber(attempt(() => details['status'])),
    timeout: optionalNumber(attempt(() => details['timeout'])),
    type: attempt(() => details['type']),
  };
}
