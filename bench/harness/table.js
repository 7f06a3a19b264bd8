import { isLost } from './claim.js';

/** @param {readonly import('./claim.js').Row[]} rows */
export function toTable(rows) {
  const lines = rows.map((row) => {
    const { what, ours, beside, found, limit, unit, digits = 2 } = row;
    const figure = `${found.toFixed(digits)} ${unit}`;
    return `| ${what} | ${ours} | ${beside} | ${isLost(row) ? `**${figure}**` : figure} | ${limit === undefined ? '–' : `≤ ${limit} ${unit}`} |`;
  });
  return [
    '| what | bankside | beside it | figure | limit |',
    '| --- | --- | --- | ---: | ---: |',
    ...lines,
  ].join('\n');
}
