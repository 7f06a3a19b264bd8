import type { RequestEntry } from '../model/entry.ts';
import { count } from '../model/words.ts';
import type { Band, Scene } from './canvas.ts';

const PADDING = 5;

/** The requests of a lane with too many for a bar each: how many were in flight at each pixel. */
export class Crowd {
  readonly #width: number;
  readonly #changes: Int32Array;
  readonly #pendingChanges: Int32Array;
  /** To find the request at a position. */
  readonly #entries: RequestEntry[] = [];

  constructor(width: number) {
    this.#width = Math.ceil(width);
    this.#changes = new Int32Array(this.#width + 2);
    this.#pendingChanges = new Int32Array(this.#width + 2);
  }

  add(entry: RequestEntry, left: number, right: number): void {
    const from = Math.max(0, Math.floor(left));
    const to = Math.min(this.#width, Math.ceil(right)) + 1;
    this.#entries.push(entry);
    for (const changes of entry.end ? [this.#changes] : [this.#changes, this.#pendingChanges]) {
      changes[from] = (changes[from] ?? 0) + 1;
      changes[to] = (changes[to] ?? 0) - 1;
    }
  }

  /** The number of requests at each pixel, and how many of those are still pending. */
  counts(): { readonly all: readonly number[]; readonly pending: readonly number[] } {
    return { all: sumsOf(this.#changes, this.#width), pending: sumsOf(this.#pendingChanges, this.#width) };
  }

  /** The newest request that was in flight at a time. */
  at(time: number, now: number): RequestEntry | undefined {
    let found: RequestEntry | undefined;
    for (const entry of this.#entries) if (entry.at <= time && (entry.end?.at ?? now) >= time) found = entry;
    return found;
  }
}

function sumsOf(changes: Int32Array, width: number): number[] {
  const sums: number[] = [];
  let sum = 0;
  for (let x = 0; x < width; x += 1) {
    sum += changes[x] ?? 0;
    sums.push(sum);
  }
  return sums;
}

/** Draws the number of requests in flight as a curve. */
export function drawCrowd({ pen, palette, width }: Scene, crowd: Crowd, band: Band): void {
  const { all, pending } = crowd.counts();
  const max = Math.max(1, ...all);
  drawCurve(pen, all, max, band, palette.answered);
  drawCurve(pen, pending, max, band, palette.sent);
  const text = `up to ${count(max, 'request')} at once`;
  pen.font = '11px system-ui, sans-serif';
  pen.textAlign = 'left';
  const wide = pen.measureText(text).width + 8;
  if (wide > width / 2) return;
  pen.fillStyle = palette.paper;
  pen.fillRect(4, band.top + 4, wide, 16);
  pen.fillStyle = palette.soft;
  pen.fillText(text, 8, band.top + 12);
}

function drawCurve(
  pen: CanvasRenderingContext2D,
  counts: readonly number[],
  max: number,
  { top, height }: Band,
  colour: string,
): void {
  const bottom = top + height - PADDING;
  const unit = (height - 2 * PADDING) / max;
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(0, bottom);
  let last = 0;
  counts.forEach((number, x) => {
    if (number !== last) {
      pen.lineTo(x, bottom - last * unit);
      pen.lineTo(x, bottom - number * unit);
    }
    last = number;
  });
  pen.lineTo(counts.length, bottom - last * unit);
  pen.lineTo(counts.length, bottom);
  pen.fill();
}
