import { type Entry, isTrouble, type RequestEntry } from '../model/entry.ts';
import type { Ring } from '../model/ring.ts';
import { MOST_SLOTS } from '../model/slots.ts';
import type { TimeScale } from '../model/time-scale.ts';
import { Crowd } from './crowd.ts';
import { barIn, laneIndexOf, type PictureLayout } from './picture-layout.ts';
import type { Band } from './scene.ts';

/** An entry, and where it is drawn. */
export interface Placed extends Band {
  readonly entry: Entry;
  readonly left: number;
  readonly right: number;
}

/** What is to be drawn: each on its own, and what is too much for that, by its lane. */
export interface Places {
  readonly placed: readonly Placed[];
  readonly crowds: ReadonlyMap<number, Crowd>;
}

/** What the places depend on, beside the entries. */
export interface Sight {
  readonly layout: PictureLayout;
  readonly scale: TimeScale;
  readonly now: number;
  readonly width: number;
  readonly chosen: number | undefined;
}

/** More bars in one lane nobody tells apart. */
const MOST_BARS = 250;

/**
 * The entries that are in sight. A lane of too many requests shows how many there were at a time, and bars for trouble
 * alone; and what would be drawn over what is there already, pixel for pixel, is left out. So however many there are,
 * no more is drawn than the picture has columns.
 */
export function placeEntries(entries: Ring<Entry>, sight: Sight): Places {
  const { layout, scale, now, width, chosen } = sight;
  const { slots, crowds } = measureLanes(entries, sight);
  /** How far each line is covered: by what went well, and by trouble. */
  const covered = new Map<number, number>();
  const placed: Placed[] = [];
  entries.forEach((entry) => {
    const isBar = entry.kind === 'request';
    const left = scale.x(entry.at);
    if (left > width) return;
    const right = isBar ? Math.max(left + 2, scale.x(endOf(entry, now))) : left;
    if (right < 0) return;
    const index = laneIndexOf(layout, entry);
    const band = layout.lanes[index];
    if (!band) return;
    const trouble = isTrouble(entry);
    if (isBar) crowds.get(index)?.add(entry, left, right);
    if (isBar && crowds.has(index) && !trouble && entry.number !== chosen) return;
    const line = 2 * (index * MOST_SLOTS + (isBar ? entry.slot : 0)) + Number(trouble);
    if (Math.ceil(right) <= (covered.get(line) ?? -1) && entry.number !== chosen) return;
    covered.set(line, Math.ceil(right));
    if (isBar) placed.push({ entry, left, right, ...barIn(band, entry.slot, slots[index] ?? 1) });
    else placed.push({ entry, left: left - 4, right: right + 4, top: band.top, height: band.height });
  });
  return { placed, crowds };
}

function endOf({ end, lateAt }: RequestEntry, now: number): number {
  return lateAt ?? end?.at ?? now;
}

/** By lane: how many lines its requests in sight need, and where they are too many for lines. */
function measureLanes(
  entries: Ring<Entry>,
  { layout, scale, now, width }: Sight,
): { readonly slots: readonly number[]; readonly crowds: ReadonlyMap<number, Crowd> } {
  const slots: number[] = layout.lanes.map(() => 1);
  const bars: number[] = layout.lanes.map(() => 0);
  entries.forEach((entry) => {
    if (entry.kind !== 'request' || entry.at > scale.to || endOf(entry, now) < scale.from) return;
    const index = laneIndexOf(layout, entry);
    slots[index] = Math.max(slots[index] ?? 1, entry.slot + 1);
    bars[index] = (bars[index] ?? 0) + 1;
  });
  const crowded = bars.flatMap((number, index) => (number > MOST_BARS ? [index] : []));
  return { slots, crowds: new Map(crowded.map((index) => [index, new Crowd(width)])) };
}
