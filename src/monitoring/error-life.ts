import type { AnyBanksideError, ErrorCode } from '../index.ts';
import { plainName, plainNameIfAny, plainNumber } from './plain-name.ts';

/** What may be told of an error. Its message may not: the page's own transport can have made it. */
export interface ErrorLife {
  readonly code: ErrorCode;
  readonly status: number | undefined;
  readonly timeout: number | undefined;
  readonly type: string | undefined;
}

export function errorLife({ code, details }: AnyBanksideError): ErrorLife {
  const { status, timeout, type } = (details ?? {}) as Readonly<Record<string, unknown>>;
  return {
    code: plainName(code) as ErrorCode,
    status: plainNumber(status),
    timeout: plainNumber(timeout),
    type: plainNameIfAny(type),
  };
}
