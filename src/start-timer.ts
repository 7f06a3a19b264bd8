/** What this file uses of zone.js. */
interface Zone {
  readonly parent: Zone | null;
  getZoneWith(property: string): Zone | null;
  run(callback: () => unknown): unknown;
}

type Timer = ReturnType<typeof setTimeout>;

/**
 * `setTimeout`, which Angular does not wait for: it calls an application stable once its zone has no timer left, and a wait for a
 * bank may take minutes. The function still runs in the zone of the caller, so that the page shows what it changes.
 *
 * @param ms As for `setTimeout`, and `clearTimeout` ends it.
 */
export function startTimer(run: () => void, ms: number): Timer {
  const zone = (globalThis as { readonly Zone?: { readonly current?: Zone } }).Zone?.current;
  const outside = outsideAngular(zone);
  if (!zone || !outside) return setTimeout(run, ms);
  return outside.run(() => setTimeout(() => zone.run(run), ms)) as Timer;
}

/** The zone around Angular's, as of `runOutsideAngular`; `undefined` if this zone is not in Angular's. */
function outsideAngular(zone: Zone | undefined): Zone | undefined {
  const outside = zone?.getZoneWith?.('isAngularZone')?.parent ?? undefined;
  return outside && (outsideAngular(outside) ?? outside); // an application may run in the zone of another
}
