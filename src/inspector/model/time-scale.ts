/** How much of the picture is left for what comes. */
const AHEAD = 0.06;

/** Where a time stands in the picture. */
export interface TimeScale {
  /** At the left edge, and at the right one. */
  readonly from: number;
  readonly to: number;
  readonly msPerPixel: number;
  x(at: number): number;
}

/**
 * @param span How many ms the picture shows.
 * @param end What is at its end; undefined: now, and a little of what comes.
 * @param width In pixels.
 */
export function timeScale(now: number, span: number, end: number | undefined, width: number): TimeScale {
  const to = end ?? now + AHEAD * span;
  const from = to - span;
  const msPerPixel = span / Math.max(1, width);
  return { from, to, msPerPixel, x: (at) => (at - from) / msPerPixel };
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].map((seconds) => seconds * 1_000);

/** Round times between the edges, at least so many pixels apart. */
export function ticks({ from, to, msPerPixel }: TimeScale, apart: number): readonly number[] {
  const step = STEPS.find((ms) => ms / msPerPixel >= apart) ?? 1_800_000;
  const found: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at);
  return found;
}
