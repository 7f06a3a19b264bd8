/** What any script of the page can read of the last match of a regular expression. */
export function lastMatch(): string {
  const { input, lastMatch, leftContext, rightContext, $1, $2, $3 } = RegExp as unknown as Record<
    string,
    string
  >;
  return [input, lastMatch, leftContext, rightContext, $1, $2, $3].join(' ');
}
