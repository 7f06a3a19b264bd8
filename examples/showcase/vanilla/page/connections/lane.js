import { titleOfLane } from '../../../shared/connections/story.js';
import { channelWords, wordsOf } from '../../../shared/connections/words.js';
import { element } from '../../../shared/dom/element.js';

/** What comes from one channel of a connection, oldest first. */
export class Lane {
  #state = element('span', { class: 'lane-state' });
  #steps = element('ol', { class: 'steps', role: 'list' });
  /** @type {readonly object[]} */
  #shown = [];

  /** @param {import('bankside').ChannelState} channel */
  constructor(channel) {
    const { id, kind } = channel;
    const titleId = `lane-${id}`;
    this.element = element(
      'section',
      { class: 'lane', 'data-channel': id, 'data-kind': kind, 'aria-labelledby': titleId },
      element(
        'div',
        { class: 'lane-head' },
        element('h4', { id: titleId }, titleOfLane(channel)),
        kind && element('span', { class: 'tag' }, channelWords[kind].note),
      ),
      this.#state,
      element('span', { class: 'lane-bar', 'aria-hidden': true }),
      this.#steps,
    );
  }

  /**
   * @param {import('bankside').ChannelState} channel
   * @param {readonly import('../../../shared/connections/story.js').Step[] | undefined} steps
   */
  show({ status, action }, steps = []) {
    this.element.dataset.status = status;
    this.element.dataset.needsUser = String(Boolean(action));
    this.#state.textContent = wordsOf(status);
    if (steps === this.#shown) return;
    this.#shown = steps;
    this.#steps.replaceChildren(...steps.map(createStep));
  }
}

/** @param {import('../../../shared/connections/story.js').Step} step */
function createStep({ name, words, at, isLookedUp }) {
  const time = new Date(at * 1_000);
  return element(
    'li',
    { class: 'step', 'data-step': name, 'data-looked-up': String(isLookedUp) },
    element('span', { class: 'step-words' }, words),
    isLookedUp && element('span', { class: 'step-note' }, 'looked up'),
    element('time', { class: 'step-time', datetime: time.toISOString() }, time.toLocaleTimeString('en-GB')),
  );
}
