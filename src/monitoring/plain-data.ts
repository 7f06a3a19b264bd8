import type { AnyBanksideError, ErrorCode } from '../index.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';

/** The characters of ids, types and names. A sentence, a body or an e-mail address has others. */
const NAME = /^[\w.:-]{1,48}$/;

/** Separators between the parts of a name. */
const SEPARATORS = /[.:_-]+/;

/**
 * A word with a number before or after it, or a short mix of both, as in a UUID. A token is a long mix. The number of a card
 * or an account is mostly a long number. A token of parts this short, or of letters alone, looks like a name.
 */
const PART = /^([A-Za-z]*\d{0,15}|\d{1,15}[A-Za-z]*|[A-Za-z\d]{1,15})$/;

/** Whether a string from outside looks like a name, and so can be shown and sent unchanged. */
export function isName(text: string): boolean {
  const matches = NAME.test(text) && text.split(SEPARATORS).every((part) => PART.test(part));
  forgetLastMatch();
  return matches;
}

/** A string or a number from outside as a string; any other value as its type. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : typeof value;
}

/** The same for a value that may be missing or empty. */
export function optionalText(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : textOf(value);
}

/** The value if it is a finite number. The page's own transport may report anything. */
export function optionalNumber(value: unknown): number | undefined {
  return Number.isFinite(value) ? (value as number) : undefined;
}

/** The value if it is a boolean. */
export function optionalBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The parts of an error that events may contain. Not the message: the page's own transport can have written it. */
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
    status: optionalNumber(status),
    timeout: optionalNumber(timeout),
    type: optionalText(type),
  };
}
