import { lanesOf } from '../model/lanes.ts';
import type { LifeLog } from '../model/life-log.ts';
import { timeScale } from '../model/time-scale.ts';
import { LaneNames } from './lane-names.ts';
import { Legend } from './legend.ts';
import { makeElement } from './make-element.ts';
import { type Palette, readPalette } from './palette.ts';
import { Picture } from './picture.ts';
import { layOut, TALLEST } from './picture-layout.ts';
import { FIRST_VIEW, TimeControls } from './time-controls.ts';

/** What the timeline shows. */
export interface TimelineState {
  readonly log: LifeLog;
  readonly hasBridge: boolean;
  readonly now: number;
  readonly nextPollIn: number | undefined;
  readonly chosen: number | undefined;
}

/** What it needs of whoever holds it. */
export interface TimelineEvents {
  choose(number: number): void;
  /** It shows another stretch of time. */
  moved(): void;
  now(): number;
}

/** The picture, with the names of its lanes, the key to its shapes, and what chooses its stretch of time. */
export class Timeline {
  readonly element: HTMLElement;
  readonly #picture: Picture;
  readonly #names = new LaneNames();
  readonly #legend = new Legend();
  readonly #lanes: HTMLElement;
  readonly #controls: TimeControls;
  #view = FIRST_VIEW;
  #width = 0;
  #palette: Palette | undefined;

  constructor(events: TimelineEvents) {
    this.#picture = new Picture(events.choose);
    const lanes = { class: 'lanes', role: 'group', 'aria-label': 'Lanes' };
    this.#lanes = makeElement('div', lanes, this.#names.element, this.#picture.element);
    this.#controls = new TimeControls((view) => {
      this.#view = view;
      events.moved();
    }, events.now);
    this.#controls.element.append(this.#legend.element);
    this.element = makeElement('div', { class: 'picture' }, this.#lanes, this.#controls.element);
  }

  /** The only reading of the layout, when that has changed. */
  measure(): void {
    this.#width = Math.max(0, this.#lanes.clientWidth - this.#names.element.offsetWidth);
  }

  /** The colours are others. */
  recolour(): void {
    this.#palette = undefined;
  }

  /** Goes to where this time is in sight. */
  reveal(at: number, now: number): void {
    const { from, to } = this.#scale(now);
    if (at < from || at > to) this.#view = { ...this.#view, end: Math.min(at + this.#view.span / 2, now) };
  }

  /** @returns After how many ms it looks different, if nothing happens. */
  render({ log, hasBridge, now, nextPollIn, chosen }: TimelineState): number {
    const layout = layOut(lanesOf(log, hasBridge));
    const scale = this.#scale(now);
    if (!this.#palette) {
      this.#palette = readPalette(this.element);
      this.#legend.paint(this.#palette);
    }
    // Safari gives the keyboard no other way to scroll them.
    this.#lanes.tabIndex = layout.height > TALLEST ? 0 : -1;
    this.#names.render(layout);
    this.#picture.paint({
      palette: this.#palette,
      log,
      layout,
      scale,
      now,
      nextPollIn,
      chosen,
      width: this.#width,
    });
    this.#controls.render(this.#view);
    return this.#view.end === undefined ? scale.msPerPixel : Number.POSITIVE_INFINITY;
  }

  #scale(now: number): ReturnType<typeof timeScale> {
    return timeScale(now, this.#view.span, this.#view.end, this.#width);
  }
}
