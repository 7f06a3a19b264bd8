/** The time in ms since the epoch, on a clock that no change of the system's time moves. */
export function lifeNow(): number {
  const { performance } = globalThis;
  return performance ? performance.timeOrigin + performance.now() : Date.now();
}
