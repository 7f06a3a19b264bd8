import { type Entry, isTrouble, type RequestEntry } from '../model/entry.ts';
import type { Ring } from '../model/ring.ts';
import { MAX_SLOTS } from '../model/slots.ts';
import type { TimeScale } from '../model/time-scale.ts';
import type { Band } from './canvas.ts';
import { Crowd } from './crowd.ts';
import { barIn, laneIndexOf, type PictureLayout } from './picture-layout.ts';

/** An entry and its position. */
export interface Placed extends Band {
  readonly entry: Entry;
  readonly left: number;
  readonly right: number;
}

/** The entries to draw one by one, and by lane index those to draw as a curve. */
export interface Places {
  readonly placed: readonly Placed[];
  readonly crowds: ReadonlyMap<number, Crowd>;
}

/** The visible part of the timeline. */
export interface Viewport {
  readonly layout: PictureLayout;
  readonly scale: TimeScale;
  readonly now: number;
  readonly width: number;
  readonly chosen: number | undefined;
}

interface MeasuredLanes {
  /** How many rows each lane needs for its visible requests. */
  readonly slots: readonly number[];
  readonly crowds: ReadonlyMap<number, Crowd>;
}

/** A lane with more visible requests shows a curve. */
const MAX_BARS = 250;

/**
 * The positions of the visible entries. A lane with too many requests shows a curve of their number, and bars only for
 * trouble. Entries that others cover completely are skipped, so that the work depends on the width, not on the number of
 * entries.
 */
export function placeEntries(entries: Ring<Entry>, viewport: Viewport): Places {
  const lanes = measureLanes(entries, viewport);
  const placer = new Placer(viewport, lanes);
  const placed: Placed[] = [];
  entries.forEach((entry) => {
    const place = placer.place(entry);
    if (place) placed.push(place);
  });
  return { placed, crowds: lanes.crowds };
}

class Placer {
  readonly #viewport: Viewport;
  readonly #lanes: MeasuredLanes;
  /** How far each row is covered, counted apart for trouble. */
  readonly #covered = new Map<number, number>();

  constructor(viewport: Viewport, lanes: MeasuredLanes) {
    this.#viewport = viewport;
    this.#lanes = lanes;
  }

  /** Returns `undefined` if the entry is not drawn on its own. */
  place(entry: Entry): Placed | undefined {
    const span = spanOf(entry, this.#viewport);
    if (!span) return undefined;
    const index = laneIndexOf(this.#viewport.layout, entry);
    const band = this.#viewport.layout.lanes[index];
    if (!band) return undefined;
    const { left, right } = span;
    if (entry.kind !== 'request') {
      if (!this.#cover(entry, index, 0, right)) return undefined;
      return { entry, left: left - 4, right: right + 4, top: band.top, height: band.height };
    }
    const crowd = this.#lanes.crowds.get(index);
    crowd?.add(entry, left, right);
    if (crowd && !isTrouble(entry) && !this.#isChosen(entry)) return undefined;
    if (!this.#cover(entry, index, entry.slot, right)) return undefined;
    return { entry, left, right, ...barIn(band, entry.slot, this.#lanes.slots[index] ?? 1) };
  }

  /** Returns false if other entries cover this one completely. */
  #cover(entry: Entry, index: number, slot: number, right: number): boolean {
    const row = 2 * (index * MAX_SLOTS + slot) + Number(isTrouble(entry));
    const end = Math.ceil(right);
    if (end <= (this.#covered.get(row) ?? -1) && !this.#isChosen(entry)) return false;
    this.#covered.set(row, end);
    return true;
  }

  #isChosen({ number }: Entry): boolean {
    return number === this.#viewport.chosen;
  }
}

/** The horizontal position of an entry. Undefined if it is outside the viewport. */
function spanOf(entry: Entry, { scale, now, width }: Viewport): { left: number; right: number } | undefined {
  const left = scale.x(entry.at);
  if (left > width) return undefined;
  const right = entry.kind === 'request' ? Math.max(left + 2, scale.x(endOf(entry, now))) : left;
  return right < 0 ? undefined : { left, right };
}

function endOf({ end, lateAt }: RequestEntry, now: number): number {
  return lateAt ?? end?.at ?? now;
}

function measureLanes(entries: Ring<Entry>, { layout, scale, now, width }: Viewport): MeasuredLanes {
  const slots: number[] = layout.lanes.map(() => 1);
  const bars: number[] = layout.lanes.map(() => 0);
  entries.forEach((entry) => {
    if (entry.kind !== 'request' || entry.at > scale.to || endOf(entry, now) < scale.from) return;
    const index = laneIndexOf(layout, entry);
    slots[index] = Math.max(slots[index] ?? 1, entry.slot + 1);
    bars[index] = (bars[index] ?? 0) + 1;
  });
  const crowded = bars.flatMap((number, index) => (number > MAX_BARS ? [index] : []));
  return { slots, crowds: new Map(crowded.map((index) => [index, new Crowd(width)])) };
}
