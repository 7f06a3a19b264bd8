import { parseArgs } from 'node:util';
import { eventsToState } from './events-to-state.js';
import { missesTarget } from './harness/claim.js';
import { describeMachine } from './harness/machine.js';
import { toTable } from './harness/report.js';
import { writeResults } from './harness/write-results.js';
import { heap } from './heap.js';
import { idlePolls } from './idle-polls.js';
import { inFlight } from './in-flight.js';
import { inspector } from './inspector.js';
import { lostResponses } from './lost-responses.js';
import { packages } from './packages.js';
import { playground } from './playground.js';
import { polling } from './polling.js';
import { port } from './port.js';
import { reRenders } from './re-renders.js';
import { roundTrip } from './round-trip.js';
import { sizes } from './sizes.js';
import { wireRequests } from './wire-requests.js';

// node bench/run.js [name…] [--check] [--dist folder]
// Measures all claims, or the named ones. --check: exit with 1 if a figure misses its target. --dist: measure another build.

const claims = {
  sizes,
  packages,
  'round-trip': roundTrip,
  'in-flight': inFlight,
  port,
  polling,
  'idle-polls': idlePolls,
  'lost-responses': lostResponses,
  'wire-requests': wireRequests,
  'events-to-state': eventsToState,
  heap,
  inspector,
  're-renders': reRenders,
  playground,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false }, dist: { type: 'string' } },
});
const unknown = positionals.filter((name) => !(name in claims));
if (unknown.length > 0) {
  console.error(`No claim is named ${unknown.join(', ')}: there are ${Object.keys(claims).join(', ')}.`);
  process.exit(2);
}

/** @type {Record<string, import('./harness/claim.js').Row[]>} */
const measured = {};
for (const [name, claim] of Object.entries(claims)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const rows = await claim(values.dist ? { dist: values.dist } : {});
  measured[name] = rows;
  console.log(`${toTable(rows)}\n`);
}

// Only figures of this build belong in the README.
if (!values.dist) await writeResults(Object.keys(claims), measured, await describeMachine());

const missed = Object.values(measured).flat().filter(missesTarget);
for (const { what } of missed) console.error(`Target missed: ${what}`);
if (values.check && missed.length > 0) process.exit(1);
