import { printable } from '../../text/printable.ts';

/** A shorter secret is part of so much that its place in a value says nothing. */
const SHORTEST_SECRET = 5;
const LONGEST_QUOTE = 100;

/** Prepares a value of a server for a finding: short, printable, without a query, and without any of the secrets. */
export type Quote = (value: string) => string;

export function createQuote(secrets: readonly (string | undefined)[]): Quote {
  const known = secrets.filter((secret) => secret !== undefined && secret.length >= SHORTEST_SECRET);
  return (value) => {
    let shown = value;
    for (const secret of known) shown = shown.replaceAll(secret as string, '…');
    const withoutQuery = shown.replace(/[?#].*$/s, '?…');
    const cut =
      withoutQuery.length > LONGEST_QUOTE ? `${withoutQuery.slice(0, LONGEST_QUOTE)}…` : withoutQuery;
    return `"${printable(cut)}"`;
  };
}
