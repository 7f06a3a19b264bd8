/**
 * Characters that are invisible, or that change how others are shown: controls, unpaired surrogates, line separators, direction
 * marks. As numbers, since not all engines of apps know `\p{…}`.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Makes a string safe for a log or a report: one line, without characters that could forge another line. */
export function printable(text: string): string {
  return text.replace(HIDDEN, '\ufffd');
}

/** The first `longest` characters of a string from outside, on one line, for an event or an error. */
export function shortText(text: string, longest: number): string {
  return printable(copyText(text.slice(0, longest)));
}

/** Copies a string. In V8, a slice of a long string keeps all of it in memory. */
export function copyText(text: string): string {
  return ` ${text}`.slice(1);
}
