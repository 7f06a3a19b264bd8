/**
 * Characters that nobody sees, or that change how others are shown: controls, half characters, line separators, marks of
 * direction. As numbers, since engines of apps do not all know `\p{…}`.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** A text for a log or a report: of one line, in which each character that could forge another line is replaced. */
export function printable(text: string): string {
  return text.replace(HIDDEN, '\ufffd');
}

/** The beginning of a text of others, for an event or an error: of one line, and no longer than `longest` characters. */
export function shortText(text: string, longest: number): string {
  return printable(copyText(text.slice(0, longest)));
}

/** A text that holds no other: in V8, a part of a text keeps all of it. */
export function copyText(text: string): string {
  return ` ${text}`.slice(1);
}
