import { count } from '../model/words.ts';
import type { Crowd } from './crowd.ts';
import type { Band, Scene } from './scene.ts';

const PADDING = 5;

/** How many requests were under way, as a line of hills. */
export function drawCrowd({ pen, palette, width }: Scene, crowd: Crowd, band: Band): void {
  const { all, pending } = crowd.counts();
  const most = Math.max(1, ...all);
  drawHills(pen, all, most, band, palette.answered);
  drawHills(pen, pending, most, band, palette.sent);
  const text = `up to ${count(most, 'request')} at once`;
  pen.font = '11px system-ui, sans-serif';
  pen.textAlign = 'left';
  const wide = pen.measureText(text).width + 8;
  if (wide > width / 2) return;
  pen.fillStyle = palette.paper;
  pen.fillRect(4, band.top + 4, wide, 16);
  pen.fillStyle = palette.soft;
  pen.fillText(text, 8, band.top + 12);
}

function drawHills(
  pen: CanvasRenderingContext2D,
  counts: readonly number[],
  most: number,
  { top, height }: Band,
  colour: string,
): void {
  const bottom = top + height - PADDING;
  const unit = (height - 2 * PADDING) / most;
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
