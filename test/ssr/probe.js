/** Imports an entry where there is no page, and tells what that has changed. Runs as a process and as a worker. */
import { parentPort, workerData } from 'node:worker_threads';
import { roundTrip } from './round-trip.js';

const entry = workerData ?? process.argv[2];
const shared = { globalThis, Object, Array, Promise, EventTarget, Function, Error };

/** Everything that an import could write to, with its value. */
function look() {
  const places = Object.entries(shared).flatMap(([name, place]) => [
    [name, place],
    [`${name}.prototype`, place.prototype ?? {}],
  ]);
  return new Map(
    places.flatMap(([name, place]) =>
      Object.entries(Object.getOwnPropertyDescriptors(place)).map(([key, { value, get }]) => [
        `${name}.${key}`,
        value ?? get,
      ]),
    ),
  );
}

function timers() {
  return process.getActiveResourcesInfo().filter((resource) => /Timeout|Immediate/.test(resource)).length;
}

// Node makes many of its globals only when they are read.
for (const name of Object.getOwnPropertyNames(globalThis)) void globalThis[name];

const before = look();
const timersBefore = timers();
const exported = await import(entry);
const after = look();
const changed = [...after].filter(([key, value]) => !before.has(key) || !Object.is(before.get(key), value));

const report = {
  names: Object.keys(exported),
  changed: changed.map(([key]) => key),
  timers: timers() - timersBefore,
  hasDispose: Symbol.dispose !== undefined,
  trip: exported.WidgetBridge ? await roundTrip(exported) : [],
};
if (parentPort) parentPort.postMessage(report);
else process.send?.(report);
