import { missesTarget } from './claim.js';

/** @typedef {import('./claim.js').Row} Row */
/** @typedef {Record<string, { date: string, machine: string, rows: Row[] }>} Results By the name of the claim. */

/** The rows that the README shows. All others are in `bench/results.md`. */
const inReadme = [
  'Size: bridge with a custom transport',
  'Size: bridge + httpTransport',
  'Size: bridge + httpTransport + QueuePoller',
  'One round trip, objects',
  'One of 100,000 requests kept in flight',
  'portTransport, one at a time, compared with penpal',
  'Polling during a synchronisation: mean delay of events, compared with TanStack Query',
  'Polls on a day without events, page hidden',
  'Wrong states after 2000 synchronisations with 1 % of answers lost',
  '1,000 events, from JSON text to handlers and state',
];

/** @param {readonly Row[]} rows */
export function toTable(rows) {
  const lines = rows.map((row) => {
    const { what, ours, beside, found, limit, unit, digits = 2 } = row;
    const figure = `${found.toFixed(digits)} ${unit}`;
    return `| ${what} | ${ours} | ${beside} | ${missesTarget(row) ? `**${figure}**` : figure} | ${limit === undefined ? '–' : `≤ ${limit} ${unit}`} |`;
  });
  return [
    '| what | bankside | compared with | figure | target |',
    '| --- | --- | --- | ---: | ---: |',
    ...lines,
  ].join('\n');
}

/** The figures between the marks of the README. @param {Results} results */
export function readmeFigures({ packages: _, ...results }) {
  const rows = Object.values(results).flatMap((result) => result.rows);
  const shown = inReadme.map((what) => {
    const row = rows.find((known) => known.what === what);
    if (!row) throw new Error(`The README shows “${what}”, but nothing measures it`);
    return row;
  });
  const missed = rows.filter(missesTarget).length;
  const missedHere = shown.filter(missesTarget).length;
  return `${toTable(shown)}

${missed} of ${rows.length} figures miss their target: ${missedHere} in this table, in bold, and ${missed - missedHere} more in [bench/results.md](bench/results.md).
`;
}

/** The text of `bench/results.md`. @param {Results} results */
export function resultsPage(results) {
  const { packages, ...others } = results;
  const rows = Object.values(others).flatMap((result) => result.rows);
  const machines = new Set(Object.values(results).map(({ machine, date }) => `- ${machine}, ${date}`));
  const costs = packages?.rows.map(({ what, ours, beside }) => `| ${what} | ${ours} | ${beside} |`) ?? [];
  return `# Measurements

\`npm run bench\` measures these figures and writes this page.

## Figures

Each figure is a median. The packages that are compared run in turns, in headless Chromium. Times differ by some per cent from run to run, and more on
a machine with other work; ratios differ less. Where times are measured in rounds, the ratio is the median of the ratios of all rounds, so it can differ
from the quotient of the two times in its row. In the two rows that compare one of 1,000 requests with one of 10, it is our increase divided by that of
the code written by hand. A figure in bold misses its target.

${toTable(rows)}

## Packages that are installed with bankside

How many bytes each package adds to a page that imports all of \`bankside\`, minified and gzipped:

| package | adds | what it does |
| --- | ---: | --- |
${costs.join('\n')}

## How polling is measured

![Mean delay of events against polls in a synchronisation, for bankside, four others and the bound](../docs/images/polling.svg)

Polling runs in virtual time, so the result is the same on every machine.

- All libraries follow 500 synchronisations of the sandbox, each library with its own queue. A synchronisation has two channels and about nine events over
  12 to 60 s. A message takes 40 ms each way (d), and the server takes 20 ms.
- A synchronisation starts when the server starts it, and ends when its last event is created, H later. The page learns of the start 40 ms later. Then it
  calls \`nudge\`, or starts the other library, which polls at once and then at its interval.
- N is the number of polls that are sent between start and end.
- The delay of an event is the time from its creation to the call of its handler. H/(2N)+d is the mean delay if polls are spread evenly. It is computed for
  each synchronisation from its own H and N.
- The interval of each other library is set so that it sends as many polls as bankside, to within 1 %.

## Machines

${[...machines].join('\n')}
`;
}
