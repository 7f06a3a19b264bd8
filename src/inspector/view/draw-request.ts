import { type Phase, phasesOf, type RequestEntry, stateOf } from '../model/entry.ts';
import { arrow, cross, diamond, type Scene } from './canvas.ts';
import { dashedLine } from './dashed-line.ts';

const COLOURS = {
  token: 'token',
  sent: 'sent',
  retry: 'sent',
  answered: 'answered',
  failed: 'failed',
  late: 'late',
  twice: 'answered',
  superseded: 'late',
} as const;

/** Draws a bar: hollow while the request waited for a token, filled while it was in flight, dashed before a retry. */
export function drawRequest(scene: Scene, entry: RequestEntry, top: number, height: number): void {
  const { pen, palette, scale, now, width } = scene;
  const middle = top + height / 2;
  const state = stateOf(entry);
  const colour = palette[COLOURS[state]];
  for (const phase of phasesOf(entry, now)) {
    const left = Math.max(-2, scale.x(phase.from));
    const right = Math.min(width + 2, Math.max(scale.x(phase.to), left + 2));
    if (right > 0 && left < width) drawPhase(scene, phase, left, right, top, height, colour);
  }
  const end = scale.x(entry.end?.at ?? now);
  if (entry.end?.code) cross(pen, end, middle, palette.failed);
  if (!entry.end) arrow(pen, end, middle, colour);
  if (entry.lateAt === undefined) return;
  const late = scale.x(entry.lateAt);
  dashedLine(pen, palette.late, [3, 3], end, late, middle);
  diamond(pen, late, middle, palette.late);
}

function drawPhase(
  { pen, palette }: Scene,
  { state }: Phase,
  left: number,
  right: number,
  top: number,
  height: number,
  colour: string,
): void {
  const wide = Math.max(2, right - left);
  if (state === 'sent') {
    pen.fillStyle = colour;
    pen.fillRect(left, top, wide, height);
  } else if (state === 'token') {
    pen.fillStyle = palette.paper;
    pen.fillRect(left, top, wide, height);
    pen.strokeStyle = palette.token;
    pen.lineWidth = 1.5;
    pen.strokeRect(left + 0.75, top + 0.75, Math.max(0.5, wide - 1.5), height - 1.5);
  } else {
    dashedLine(pen, palette.soft, [3, 3], left, right, top + height / 2);
  }
}
