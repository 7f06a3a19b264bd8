/** What the packages that come with this one cost, and what they bring. @param {readonly import('./claim.js').Row[]} rows */
export function tellPackages(rows) {
  const lines = rows.map(({ what, ours, beside }) => `| ${what} | ${ours} | ${beside} |`);
  return [
    'What each package adds to a page that imports all of `bankside`, minified and gzipped, and what it does here (`npm run bench -- packages`):',
    '',
    '| package | adds | what it does |',
    '| --- | ---: | --- |',
    ...lines,
  ].join('\n');
}
