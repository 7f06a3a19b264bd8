import { element } from '../dom/element.js';

/** @typedef {'pending' | 'answered' | 'failed' | 'held'} RowState */

/** @type {Record<RowState, string>} */
const words = { pending: 'Pending', answered: 'Answered', failed: 'Failed', held: 'Dropped' };

/** Characters, with the one that stands for what is left out. */
const LONGEST_ID = 9;

/** One request, from the widget's call to its answer. */
export class RequestRow {
  #state = element('span', { class: 'activity-state' });
  #time = element('span', { class: 'activity-time' });
  #steps = element('span', { class: 'activity-steps' });
  #since = performance.now();

  /** @param {{ server: string | undefined, title: string, requestId: string }} request */
  constructor({ server, title, requestId }) {
    this.server = server;
    this.title = title;
    this.element = element(
      'li',
      { class: 'activity-row', 'data-server': server, 'data-type': title, 'data-request': requestId },
      element('span', { class: 'activity-title' }, title),
      this.#time,
      element(
        'span',
        { class: 'activity-meta' },
        server && element('span', { class: 'activity-server' }, server),
        element('span', { class: 'activity-id', title: requestId }, shortened(requestId)),
        this.#steps,
      ),
      this.#state,
    );
    this.#show('pending');
    this.tick();
  }

  get state() {
    return this.element.dataset.state ?? '';
  }

  get pending() {
    return this.state === 'pending';
  }

  tick() {
    const seconds = (performance.now() - this.#since) / 1_000;
    this.#time.textContent = `${seconds.toFixed(1)} s`;
  }

  /** @param {string} step what was seen on the wire */
  addStep(step) {
    this.#steps.append(element('span', { class: 'activity-step' }, step));
  }

  /** @param {number | undefined} duration */
  answered(duration) {
    this.#end('answered', duration);
  }

  /**
   * @param {string} code
   * @param {number | undefined} duration
   */
  failed(code, duration) {
    this.element.dataset.code = code;
    this.#state.title = code;
    this.#end('failed', duration, code);
  }

  held() {
    this.#end('held', undefined);
  }

  /**
   * @param {RowState} state
   * @param {number | undefined} duration
   * @param {string} [detail]
   */
  #end(state, duration, detail) {
    this.#time.textContent = duration === undefined ? '' : `${Math.round(duration)} ms`;
    this.#show(state, detail);
  }

  /**
   * @param {RowState} state
   * @param {string} [detail]
   */
  #show(state, detail) {
    this.element.dataset.state = state;
    this.#state.textContent = detail ? `${words[state]}: ${detail}` : words[state];
  }
}

/**
 * The ids of the shipped build differ at their end alone, which is the time.
 *
 * @param {string} id
 */
function shortened(id) {
  return id.length > LONGEST_ID ? `…${id.slice(1 - LONGEST_ID)}` : id;
}
