/** Characters that nobody sees, or that change how others are shown: controls, line separators, marks of direction. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text for a log or a report: of one line, in which each character that could forge another line is replaced. */
export function printable(text: string): string {
  return text.replace(HIDDEN, '\ufffd');
}
