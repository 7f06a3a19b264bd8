import { printable } from './printable.ts';

/** The beginning of a text of others, for an event or an error: of one line, and no longer than `longest` characters. */
export function shortText(text: string, longest: number): string {
  return printable(copyText(text.slice(0, longest)));
}

/** A text that holds no other: in V8, a part of a text keeps all of it. */
export function copyText(text: string): string {
  return ` ${text}`.slice(1);
}
