/**
 * The time in ms on a clock that no change of the system's time moves, but in the few engines without
 * `performance`: some that run an app's own JavaScript.
 */
export function now(): number {
  return (globalThis.performance ?? Date).now();
}
