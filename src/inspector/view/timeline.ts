import type { LifeLog } from '../model/life-log.ts';
import { timeScale } from '../model/time-scale.ts';
import type { PollTrouble } from '../model/words.ts';
import { Legend } from './legend.ts';
import { makeElement, setText } from './make-element.ts';
import { type Palette, readPalette } from './palette.ts';
import { Picture } from './picture.ts';
import { lanesOf, layOut, MAX_HEIGHT, type PictureLayout } from './picture-layout.ts';
import { FIRST_VIEW, TimeControls } from './time-controls.ts';

/** What the inspector shows. */
export interface Subject {
  readonly log: LifeLog;
  readonly hasBridge: boolean;
  /** In ms. */
  readonly nextPollIn: number | undefined;
  /** Why the last poll failed; undefined if it did not. */
  readonly failure: PollTrouble | undefined;
}

/** The subject at one time, with the selected entry. */
export interface TimelineState extends Subject {
  readonly now: number;
  readonly chosen: number | undefined;
}

export interface TimelineEvents {
  choose(number: number): void;
  /** The user has chosen another time. */
  moved(): void;
  now(): number;
}

/** The picture with the names of its lanes, the legend, and the controls of its time. */
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

  /** Reads the layout. Call it only when the layout has changed: this is slow. */
  measure(): void {
    this.#width = Math.max(0, this.#lanes.clientWidth - this.#names.element.offsetWidth);
  }

  /** Reads the colours again with the next render. */
  recolour(): void {
    this.#palette = undefined;
  }

  /** Moves the view so that it contains this time. */
  reveal(at: number, now: number): void {
    const { from, to } = this.#scale(now);
    if (at < from || at > to) this.#view = { ...this.#view, end: Math.min(at + this.#view.span / 2, now) };
  }

  /** @returns The time until the picture changes by a pixel, in ms. */
  render({ log, hasBridge, now, nextPollIn, chosen }: TimelineState): number {
    const layout = layOut(lanesOf(log, hasBridge, now));
    const scale = this.#scale(now);
    if (!this.#palette) {
      this.#palette = readPalette(this.element);
      this.#legend.paint(this.#palette);
    }
    // Safari needs it for scrolling with the keyboard.
    this.#lanes.tabIndex = layout.height > MAX_HEIGHT ? 0 : -1;
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

interface LaneName {
  readonly place: HTMLElement;
  readonly name: HTMLElement;
  readonly note: HTMLElement;
}

/** The names of the lanes, as text beside the picture. */
class LaneNames {
  readonly element: HTMLElement = makeElement('div', { class: 'names' });
  readonly #names: LaneName[] = [];

  render({ lanes, height }: PictureLayout): void {
    this.element.style.height = `${height}px`;
    lanes.forEach(({ lane, top, height: high }, index) => {
      const { place, name, note } = this.#names[index] ?? this.#add();
      place.hidden = false;
      place.style.top = `${top}px`;
      place.style.height = `${high}px`;
      setText(name, lane.name);
      setText(note, lane.note);
      place.title = [lane.name, lane.note].filter(Boolean).join(', ');
    });
    for (const { place } of this.#names.slice(lanes.length)) place.hidden = true;
  }

  #add(): LaneName {
    const name = makeElement('span', { class: 'lane' });
    const note = makeElement('span', { class: 'note' });
    const place = makeElement('div', {}, name, note);
    this.element.append(place);
    const added = { place, name, note };
    this.#names.push(added);
    return added;
  }
}
