import type { AnyBanksideError, ErrorCode } from '../index.ts';
import { plainNumber, textIfAny, textOf } from './plain-name.ts';

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
    code: textOf(code) as ErrorCode,
    status: plainNumber(status),
    timeout: plainNumber(timeout),
    type: textIfAny(type),
  };
}
