import { quotedValue } from '../../doctor/quoted-value.ts';
import { holdsSecret } from './secrets.ts';

/** Prepares a value of a server for a finding: by its form, and only if it has none of the secrets. */
export type Quote = (value: string, form: RegExp) => string;

const NO_FORM = /^(?!)/;

export function createQuote(secrets: readonly string[]): Quote {
  return (value, form) => quotedValue(value, holdsSecret(value, secrets) ? NO_FORM : form);
}
