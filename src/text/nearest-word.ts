/** Words that begin with the same characters are alike: `fail` and `failure`. */
const SAME_BEGINNING = 4;
/** Words that end with the same characters are alike: `authToken` and `accessToken`. */
const SAME_END = 5;

/**
 * The word that is most like a given one: with at most one edit for every three characters, or with the same beginning or end.
 * `undefined` if there is none. Upper and lower case are the same.
 */
export function nearestWord(given: string, words: readonly string[]): string | undefined {
  const from = given.toLowerCase();
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const word of words) {
    const to = word.toLowerCase();
    const edits = editsBetween(from, to);
    if (edits < fewest && areAlike(from, to, edits)) {
      nearest = word;
      fewest = edits;
    }
  }
  return nearest;
}

function areAlike(from: string, to: string, edits: number): boolean {
  const longest = Math.max(from.length, to.length);
  if (from === '') return false;
  return (
    edits <= Math.max(1, longest / 3) ||
    from.slice(0, SAME_BEGINNING) === to.slice(0, SAME_BEGINNING) ||
    from.slice(-SAME_END) === to.slice(-SAME_END)
  );
}

/** How many characters must be inserted, removed, replaced, or swapped with the next one, to make one word of the other. */
function editsBetween(from: string, to: string): number {
  /** `rows[i][j]`: from the first i characters of the one to the first j of the other. */
  const rows: number[][] = [];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 0; i <= from.length; i += 1) {
    const row: number[] = [];
    rows.push(row);
    for (let j = 0; j <= to.length; j += 1) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const edits = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1));
      row.push(i + j === 0 ? 0 : isSwapped ? Math.min(edits, at(i - 2, j - 2) + 1) : edits);
    }
  }
  return at(from.length, to.length);
}
