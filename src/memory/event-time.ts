/** The time in ms since the epoch, on a clock that ignores changes of the system's time. */
export function eventTime(): number {
  const { performance } = globalThis;
  return performance ? performance.timeOrigin + performance.now() : Date.now();
}
