/**
 * What is to be known of the figures, to go below their table.
 *
 * @param {readonly string[]} machines On which they were measured.
 * @param {string} root The way from where this is read to the root of the package.
 */
export function explain(machines, root) {
  return `Medians, measured side by side in headless Chromium (${machines.join('; ')}). Times vary by some per cent from run to run, and more
where cores are shared; ratios vary less. A figure that is lost, to its limit or, where there is none, to the other, is set in bold.

![Mean delay of events against polls in a synchronisation, for bankside, four others and the bound](${root}docs/images/polling.svg)

Polling is measured in virtual time, and comes out the same on every machine. 500 synchronisations of the sandbox, each of two channels and about nine events
over 12 to 60 s, are followed by all at once, with a queue each; 40 ms one way (d), and 20 ms in the server. A synchronisation begins when the server begins it,
and ends when its last event is made, H later. The page hears of the beginning one way later, and then calls \`nudge\`, or starts the other library, which polls at
once and then at its interval. N is the number of polls that are sent between beginning and end. The delay of an event is from when it is made to when its handler
is called; H/(2N)+d is its mean if polls are spread evenly, for each synchronisation with its own H and N. The interval of each of the others is the one with which
it sends as many polls, to within 1 %.
`;
}
