import type { Channel } from '../model/channels.ts';
import { isAction } from '../model/entry.ts';
import type { Palette } from './palette.ts';
import type { Band, Scene } from './scene.ts';

/** What a channel was, as a line: thick while it runs, striped while the user is needed, thin once it has ended. */
export function drawChannel(scene: Scene, { spans }: Channel, { top, height }: Band): void {
  const { pen, palette, scale, now, width } = scene;
  const middle = top + height / 2;
  spans.forEach(({ at, status }, index) => {
    const left = Math.max(0, scale.x(at));
    const right = Math.min(scale.x(spans[index + 1]?.at ?? now), width);
    if (right <= left) return;
    const thick = status === 'RUNNING' || isAction(status) ? 10 : 3;
    pen.fillStyle = colourOf(status, palette);
    pen.fillRect(left, middle - thick / 2, right - left, thick);
    if (isAction(status)) stripe(pen, palette.paper, left, right, middle - thick / 2, thick);
  });
}

function colourOf(status: string, palette: Palette): string {
  if (status === 'RUNNING') return palette.sent;
  if (status === 'SUCCESS') return palette.answered;
  return isAction(status) ? palette.token : palette.soft;
}

function stripe(
  pen: CanvasRenderingContext2D,
  colour: string,
  left: number,
  right: number,
  top: number,
  height: number,
): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  for (let x = Math.ceil(left / 8) * 8; x < right; x += 8) {
    pen.moveTo(x, top + height);
    pen.lineTo(Math.min(x + height / 2, right), top);
  }
  pen.stroke();
}
