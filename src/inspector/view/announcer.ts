import type { Counts } from '../model/life-log.ts';
import { count } from '../model/words.ts';
import { makeElement } from './make-element.ts';

/** The shortest time between two announcements of trouble, in ms. */
const MIN_GAP = 5_000;

type Trouble = Pick<Counts, 'failed' | 'late' | 'queue'>;

const WORDS: Readonly<Record<keyof Trouble, (more: number) => string>> = {
  failed: (more) => `${count(more, 'request')} failed`,
  late: (more) => `${more} late or stray`,
  queue: (more) => `${count(more, 'problem')} of the queue`,
};
const KINDS = Object.keys(WORDS) as readonly (keyof Trouble)[];

/** Announces actions and trouble to screen readers. */
export class Announcer {
  readonly element: HTMLElement = makeElement('p', { class: 'hidden', role: 'status' });
  #announced: Trouble = { failed: 0, late: 0, queue: 0 };
  #announcedAt = Number.NEGATIVE_INFINITY;

  say(text: string): void {
    this.element.textContent = text;
  }

  /** Announces the trouble since the last announcement. */
  watch(counts: Trouble, now: number): void {
    if (KINDS.some((kind) => counts[kind] < this.#announced[kind])) this.#announced = counts; // the log was cleared
    const grown = KINDS.filter((kind) => counts[kind] > this.#announced[kind]);
    if (grown.length === 0 || now - this.#announcedAt < MIN_GAP) return;
    this.say(grown.map((kind) => WORDS[kind](counts[kind] - this.#announced[kind])).join(', '));
    this.#announced = counts;
    this.#announcedAt = now;
  }
}
