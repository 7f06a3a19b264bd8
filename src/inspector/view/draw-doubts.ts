import type { DoubtSpan } from '../model/doubts.ts';
import type { Band, Scene } from './canvas.ts';
import { dashedLine } from './dashed-line.ts';

/** Above the bar of the channel, in pixels. */
const TOP = 6;
/** Narrower doubts have no question mark, in pixels. */
const MIN_WIDTH = 12;

/** Draws when a connection was in doubt: dots along the upper edge of its lane, after a question mark. */
export function drawDoubts(scene: Scene, doubts: readonly DoubtSpan[], { top }: Band): void {
  const { pen, palette, scale, now, width } = scene;
  const y = top + TOP;
  for (const { from, to } of doubts) {
    const left = Math.max(0, scale.x(from));
    const right = Math.min(width, Math.max(scale.x(to ?? now), left + 2));
    if (right <= left) continue;
    const isWide = right - left >= MIN_WIDTH;
    if (isWide) {
      pen.font = 'bold 11px system-ui, sans-serif';
      pen.textAlign = 'left';
      pen.textBaseline = 'middle';
      pen.fillStyle = palette.token;
      pen.fillText('?', left, y + 1);
    }
    dashedLine(pen, palette.token, [2, 3], isWide ? left + 8 : left, right, y);
  }
}
