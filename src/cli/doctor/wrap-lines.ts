/** A unit stays with its number. */
const BREAK = / (?!(?:s|ms|kB)\b)/;

/**
 * Breaks a string between its words, so that no line is longer than `width`. A word that is longer stays whole: it may be an address
 * to copy.
 *
 * @param first What stands before the first line. The others are indented as far.
 */
export function wrapLines(text: string, width: number, first = ''): string[] {
  const indent = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(BREAK)) {
    const isEmpty = line.length === indent.length;
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += isEmpty ? word : ` ${word}`;
  }
  lines.push(line);
  return lines;
}
