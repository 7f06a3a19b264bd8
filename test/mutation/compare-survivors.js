/** @type {import('./compare-survivors.js').compareSurvivors} */
export function compareSurvivors(mutants, survivors) {
  const listed = [...new Set(mutants.map(({ file }) => file))].flatMap((file) =>
    (survivors[file] ?? []).flatMap(({ line, becomes }) =>
      becomes.map((each) => ({ file, line, becomes: each })),
    ),
  );
  const isListed = new Set(listed.map(keyOf));
  const isUnnoticed = new Set(mutants.filter(({ fate }) => fate !== 'killed').map(keyOf));
  return {
    unlisted: mutants.filter((mutant) => mutant.fate === 'survived' && !isListed.has(keyOf(mutant))),
    stale: listed.filter((change) => !isUnnoticed.has(keyOf(change))),
  };
}

/** @param {import('./compare-survivors.js').Change} change */
function keyOf({ file, line, becomes }) {
  return [file, line, becomes].join('\n');
}
