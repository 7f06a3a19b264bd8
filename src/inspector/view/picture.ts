import type { Entry } from '../model/entry.ts';
import type { LifeLog } from '../model/life-log.ts';
import { type TimeScale, ticks } from '../model/time-scale.ts';
import { count, formatTime } from '../model/words.ts';
import { Canvas, type Scene, verticalLine } from './canvas.ts';
import { drawCrowd } from './crowd.ts';
import { drawDoubts } from './draw-doubts.ts';
import { drawChannel, drawMoment, drawQueue } from './draw-lanes.ts';
import { drawRequest } from './draw-request.ts';
import type { Palette } from './palette.ts';
import { AXIS, type PictureLayout } from './picture-layout.ts';
import { type Placed, type Places, placeEntries, type Viewport } from './place-entries.ts';

export interface PictureState extends Viewport {
  readonly palette: Palette;
  readonly log: LifeLog;
  readonly nextPollIn: number | undefined;
}

/** The largest distance of a click from an entry, in pixels. */
const MAX_CLICK_DISTANCE = 9;

/** Draws the lanes. Screen readers get a summary: the list contains every entry. */
export class Picture {
  readonly element: HTMLCanvasElement;
  readonly #canvas: Canvas;
  #places: Places = { placed: [], crowds: new Map() };
  #viewport: Viewport | undefined;

  /** @param choose Called with the number of the clicked entry. */
  constructor(choose: (number: number) => void) {
    this.#canvas = new Canvas({ role: 'img' });
    this.element = this.#canvas.element;
    this.element.addEventListener('click', ({ offsetX, offsetY }) => {
      const hit = this.#at(offsetX, offsetY);
      if (hit) choose(hit.number);
    });
  }

  paint(state: PictureState): void {
    const { palette, log, layout, scale, now, nextPollIn, chosen, width } = state;
    this.#canvas.prepare(width, layout.height);
    const scene: Scene = { pen: this.#canvas.pen, palette, scale, now, width };
    drawGrid(scene, layout);
    for (const { lane, ...band } of layout.lanes) {
      if (lane.kind === 'channel') {
        drawDoubts(scene, lane.doubts, band);
        drawChannel(scene, lane.channel, band);
      }
      if (lane.kind === 'queue') drawQueue(scene, log.queue, nextPollIn, band);
    }
    this.#viewport = state;
    this.#places = placeEntries(log.entries, state);
    for (const [index, crowd] of this.#places.crowds) {
      const band = layout.lanes[index];
      if (band) drawCrowd(scene, crowd, band);
    }
    for (const placed of this.#places.placed) drawEntry(scene, placed, placed.entry.number === chosen);
    this.#describe(log, scale, now);
  }

  #describe({ counts, doubts }: LifeLog, { from, to }: TimeScale, now: number): void {
    const { pending, failed, late } = counts;
    const span = `${Math.round((to - from) / 1_000)} s`;
    const doubtful = doubts.lasting(now).length;
    const facts = [
      `${count(pending, 'request')} pending`,
      `${failed} failed`,
      `${late} late`,
      ...(doubtful ? [`${count(doubtful, 'connection')} in doubt`] : []),
    ];
    const text = `Timeline of ${span}: ${facts.join(', ')}. The list below contains them all.`;
    // Firefox supports the property ariaLabel only since version 119.
    if (this.element.getAttribute('aria-label') !== text) this.element.setAttribute('aria-label', text);
  }

  #at(x: number, y: number): Entry | undefined {
    let nearest: Placed | undefined;
    let smallest = MAX_CLICK_DISTANCE;
    for (const placed of this.#places.placed) {
      const { left, right, top, height } = placed;
      const distance = Math.max(left - x, x - right, top - y, y - top - height, 0);
      if (distance > smallest) continue;
      smallest = distance;
      nearest = placed;
    }
    return nearest?.entry ?? this.#inCrowd(x, y);
  }

  #inCrowd(x: number, y: number): Entry | undefined {
    if (!this.#viewport) return undefined;
    const { layout, scale, now } = this.#viewport;
    const index = layout.lanes.findIndex(({ top, height }) => y >= top && y < top + height);
    return this.#places.crowds.get(index)?.at(scale.from + x * scale.msPerPixel, now);
  }
}

function drawEntry(scene: Scene, { entry, left, right, top, height }: Placed, isChosen: boolean): void {
  if (entry.kind === 'request') drawRequest(scene, entry, top, height);
  else drawMoment(scene, entry, left + (right - left) / 2, { top, height });
  if (!isChosen) return;
  scene.pen.strokeStyle = scene.palette.focus;
  scene.pen.lineWidth = 2;
  scene.pen.strokeRect(left - 4, top - 3, right - left + 8, height + 6);
}

/** Draws the lines between the lanes, the times, and now. */
function drawGrid({ pen, palette, scale, now, width }: Scene, { lanes, height }: PictureLayout): void {
  pen.font = '11px system-ui, sans-serif';
  pen.textBaseline = 'middle';
  pen.textAlign = 'center';
  for (const at of ticks(scale, 74)) {
    const x = scale.x(at);
    verticalLine(pen, x, [AXIS, height], palette.line);
    pen.fillStyle = palette.soft;
    if (x > 28 && x < width - 28) pen.fillText(formatTime(at).slice(0, 8), x, AXIS / 2);
  }
  pen.fillStyle = palette.line;
  for (const { top } of lanes) pen.fillRect(0, top, width, 1);
  verticalLine(pen, scale.x(now), [AXIS - 4, height], palette.ink);
}
