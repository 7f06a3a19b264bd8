import type { Counts } from '../model/life-log.ts';
import { count } from '../model/words.ts';
import { makeElement } from './make-element.ts';

/** Trouble is told together, and not more often, in ms. */
const PAUSE = 5_000;

type Trouble = Pick<Counts, 'failed' | 'late' | 'queue'>;

const WORDS: Readonly<Record<keyof Trouble, (more: number) => string>> = {
  failed: (more) => `${count(more, 'request')} failed`,
  late: (more) => `${more} late or stray`,
  queue: (more) => `${count(more, 'problem')} of the queue`,
};
const KINDS = Object.keys(WORDS) as readonly (keyof Trouble)[];

/** Says to screen readers what was done, and what went wrong; nothing else. */
export class Announcer {
  readonly element: HTMLElement = makeElement('p', { class: 'hidden', role: 'status' });
  #told: Trouble = { failed: 0, late: 0, queue: 0 };
  #toldAt = Number.NEGATIVE_INFINITY;

  say(text: string): void {
    this.element.textContent = text;
  }

  /** What has gone wrong since it was told last. */
  watch(counts: Trouble, now: number): void {
    if (KINDS.some((kind) => counts[kind] < this.#told[kind])) this.#told = counts; // the log was cleared
    const news = KINDS.filter((kind) => counts[kind] > this.#told[kind]);
    if (news.length === 0 || now - this.#toldAt < PAUSE) return;
    this.say(news.map((kind) => WORDS[kind](counts[kind] - this.#told[kind])).join(', '));
    this.#told = counts;
    this.#toldAt = now;
  }
}
