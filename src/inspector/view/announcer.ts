import type { Counts } from '../model/life-log.ts';
import { count } from '../model/words.ts';
import { makeElement } from './make-element.ts';

/** Trouble is told together, and not more often, in ms. */
const PAUSE = 5_000;

/** Says to screen readers what was done, and what went wrong; nothing else. */
export class Announcer {
  readonly element: HTMLElement = makeElement('p', { class: 'hidden', role: 'status' });
  #told = { failed: 0, late: 0 };
  #toldAt = Number.NEGATIVE_INFINITY;

  say(text: string): void {
    this.element.textContent = text;
  }

  /** What has gone wrong since it was told last. */
  watch({ failed, late }: Counts, now: number): void {
    const more = { failed: failed - this.#told.failed, late: late - this.#told.late };
    if ((more.failed <= 0 && more.late <= 0) || now - this.#toldAt < PAUSE) {
      if (more.failed < 0 || more.late < 0) this.#told = { failed, late };
      return;
    }
    this.#told = { failed, late };
    this.#toldAt = now;
    const failures = more.failed > 0 ? [`${count(more.failed, 'request')} failed`] : [];
    const replies = more.late > 0 ? [`${more.late} late or stray`] : [];
    this.say([...failures, ...replies].join(', '));
  }
}
