/** The part of the picture after now. */
const AHEAD = 0.06;

/** Maps times to positions in the picture. */
export interface TimeScale {
  /** The times at the left and right edges. */
  readonly from: number;
  readonly to: number;
  readonly msPerPixel: number;
  x(at: number): number;
}

/**
 * @param span The time that the picture shows, in ms.
 * @param end The time at the right edge. Undefined: a little after now.
 * @param width In pixels.
 */
export function timeScale(now: number, span: number, end: number | undefined, width: number): TimeScale {
  const to = end ?? now + AHEAD * span;
  const from = to - span;
  const msPerPixel = span / Math.max(1, width);
  return { from, to, msPerPixel, x: (at) => (at - from) / msPerPixel };
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].map((seconds) => seconds * 1_000);

/** Round times between the edges, at least `distance` pixels apart. */
export function ticks({ from, to, msPerPixel }: TimeScale, distance: number): readonly number[] {
  const step = STEPS.find((ms) => ms / msPerPixel >= distance) ?? 1_800_000;
  const found: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at);
  return found;
}
