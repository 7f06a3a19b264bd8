/** What any script of the page can read about the last match of a regular expression. */
export function lastMatch(): string {
  const { input, lastMatch, leftContext, rightContext, $1, $2, $3 } = RegExp as unknown as Record<
    string,
    string
  >;
  return [input, lastMatch, leftContext, rightContext, $1, $2, $3].join(' ');
}
