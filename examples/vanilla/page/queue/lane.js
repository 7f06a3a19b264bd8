import { channelWords, wordsOf } from '../../../elsewhere-bank/connections/words.js';
import { element } from '../../../elsewhere-bank/dom/element.js';

const MOST_STEPS = 6;

/** @typedef {{ words: string, at: number, name: string, isLookedUp?: boolean }} Step `at`: unix seconds */

/** What comes from one channel of a connection, oldest first. */
export class Lane {
  #state = element('span', { class: 'lane-state' });
  #steps = element('ol', { class: 'steps', role: 'list' });

  /** @param {import('bankside').ChannelState} channel */
  constructor({ id, kind }) {
    const { title, note } = kind ? channelWords[kind] : { title: `Channel ${id}`, note: '' };
    const titleId = `lane-${id}`;
    this.title = title;
    this.element = element(
      'section',
      { class: 'lane', 'data-channel': id, 'data-kind': kind, 'aria-labelledby': titleId },
      element(
        'div',
        { class: 'lane-head' },
        element('h4', { id: titleId }, title),
        note && element('span', { class: 'tag' }, note),
      ),
      this.#state,
      element('span', { class: 'lane-bar', 'aria-hidden': true }),
      this.#steps,
    );
  }

  /** @param {import('bankside').ChannelState} channel */
  show({ status, action }) {
    this.element.dataset.status = status;
    this.element.dataset.needsUser = String(Boolean(action));
    this.#state.textContent = wordsOf(status);
  }

  /**
   * What was looked up may come as an event after all, and then is said once.
   *
   * @param {Step} step
   */
  add({ words, at, name, isLookedUp = false }) {
    const last = this.#steps.lastElementChild;
    if (last?.matches('[data-looked-up="true"]') && last.firstElementChild?.textContent === words)
      last.remove();
    const time = new Date(at * 1_000);
    this.#steps.append(
      element(
        'li',
        { class: 'step', 'data-step': name, 'data-looked-up': String(isLookedUp) },
        element('span', { class: 'step-words' }, words),
        isLookedUp && element('span', { class: 'step-note' }, 'looked up'),
        element(
          'time',
          { class: 'step-time', datetime: time.toISOString() },
          time.toLocaleTimeString('en-GB'),
        ),
      ),
    );
    if (this.#steps.childElementCount > MOST_STEPS) this.#steps.firstElementChild?.remove();
  }

  clear() {
    this.#steps.replaceChildren();
  }
}
