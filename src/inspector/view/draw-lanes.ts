import { QUEUE_LIFE } from '../../queue/pace/schedule.ts';
import type { ChannelHistory } from '../model/channels.ts';
import { type MomentEntry, needsUser } from '../model/entry.ts';
import type { QueueLife } from '../model/life-log.ts';
import { type Band, cross, diamond, dot, type Scene, triangle, verticalLine } from './canvas.ts';
import type { Palette } from './palette.ts';

/** Draws when the queue expires without a poll, and when the next poll is. */
export function drawQueue(
  { pen, palette, scale, now, width }: Scene,
  { polledAt }: QueueLife,
  nextPollIn: number | undefined,
  { top, height }: Band,
): void {
  if (polledAt !== undefined) {
    const left = Math.max(0, scale.x(polledAt));
    const right = Math.min(width, scale.x(polledAt + QUEUE_LIFE));
    pen.fillStyle = palette.line;
    if (right > left) pen.fillRect(left, top + height - 4, right - left, 2);
  }
  if (nextPollIn === undefined) return;
  const next = scale.x(now + nextPollIn);
  if (next < width) verticalLine(pen, next, [top + 5, top + height - 5], palette.ink, [3, 2]);
}

/** Draws an event of the queue or of a channel. */
export function drawMoment(
  { pen, palette }: Scene,
  { event }: MomentEntry,
  x: number,
  { top, height }: Band,
): void {
  const middle = top + height / 2;
  switch (event.kind) {
    case 'queue.poll':
      verticalLine(
        pen,
        x,
        [top + (event.events ? 5 : 11), top + height - 6],
        event.events ? palette.ink : palette.soft,
      );
      if (event.events) dot(pen, x, middle, palette.answered);
      break;
    case 'queue.gap':
      triangle(pen, x, middle, palette.token);
      break;
    case 'queue.failure':
    case 'queue.expired':
      cross(pen, x, middle, palette.failed);
      break;
    case 'queue.subscribed':
    case 'queue.resumed':
      diamond(pen, x, middle, palette.sent);
      break;
    case 'queue.event':
      dot(pen, x, middle, palette.ink);
      break;
  }
}

/** Draws the history of a channel: thick while it runs, striped while it waits for the user, thin after that. */
export function drawChannel(scene: Scene, { spans }: ChannelHistory, { top, height }: Band): void {
  const { pen, palette, scale, now, width } = scene;
  const middle = top + height / 2;
  spans.forEach(({ at, status }, index) => {
    const left = Math.max(0, scale.x(at));
    const right = Math.min(scale.x(spans[index + 1]?.at ?? now), width);
    if (right <= left) return;
    const thick = status === 'RUNNING' || needsUser(status) ? 10 : 3;
    pen.fillStyle = colourOf(status, palette);
    pen.fillRect(left, middle - thick / 2, right - left, thick);
    if (needsUser(status)) stripe(pen, palette.paper, left, right, middle - thick / 2, thick);
  });
}

function colourOf(status: string, palette: Palette): string {
  if (status === 'RUNNING') return palette.sent;
  if (status === 'SUCCESS') return palette.answered;
  return needsUser(status) ? palette.token : palette.soft;
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
