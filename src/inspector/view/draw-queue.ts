import type { MomentEntry } from '../model/entry.ts';
import type { QueueLife } from '../model/life-log.ts';
import { QUEUE_LIFE } from '../model/queue-age.ts';
import { cross, diamond, dot, triangle, upright } from './marks.ts';
import type { Band, Scene } from './scene.ts';

/** How long the queue lives as things are, and when it is read next. */
export function drawQueue(
  { pen, palette, scale, now, width }: Scene,
  { askedAt }: QueueLife,
  nextPollIn: number | undefined,
  { top, height }: Band,
): void {
  if (askedAt !== undefined) {
    const left = Math.max(0, scale.x(askedAt));
    const right = Math.min(width, scale.x(askedAt + QUEUE_LIFE));
    pen.fillStyle = palette.line;
    if (right > left) pen.fillRect(left, top + height - 4, right - left, 2);
  }
  if (nextPollIn === undefined) return;
  const next = scale.x(now + nextPollIn);
  if (next < width) upright(pen, next, [top + 5, top + height - 5], palette.ink, [3, 2]);
}

/** What happened to the queue, or to a channel. */
export function drawMoment(
  { pen, palette }: Scene,
  { event }: MomentEntry,
  x: number,
  { top, height }: Band,
): void {
  const middle = top + height / 2;
  switch (event.kind) {
    case 'queue.poll':
      upright(
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
