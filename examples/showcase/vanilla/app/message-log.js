import { element } from '../../shared/dom/element.js';

const MOST_ROWS = 100;
/** More of a message is counted, and not shown. */
const MOST_TEXT = 2_000;

/** The messages between a page and its app, newest first, each to be unfolded. */
export class MessageLog {
  #list;
  #none;

  /** @param {{ list: HTMLElement, none: HTMLElement }} places */
  constructor({ list, none }) {
    this.#list = list;
    this.#none = none;
  }

  /**
   * @param {'outward' | 'inward'} direction seen from the page
   * @param {{ name: string, note?: string | undefined, text: string }} message
   */
  add(direction, { name, note, text }) {
    const way = direction === 'outward' ? 'Page to app' : 'App to page';
    const row = element(
      'details',
      {},
      element(
        'summary',
        {},
        element('span', { class: 'message-way' }, way),
        element('span', { class: 'message-name' }, name),
        element('code', { class: 'message-note' }, note),
      ),
      element('pre', {}, element('code', {}, shortened(text))),
    );
    this.#list.prepend(
      element('li', { class: 'message', 'data-direction': direction, 'data-name': name }, row),
    );
    if (this.#list.children.length > MOST_ROWS) this.#list.lastElementChild?.remove();
    this.#none.hidden = true;
  }

  clear() {
    this.#list.replaceChildren();
    this.#none.hidden = false;
  }
}

/** @param {string} text */
function shortened(text) {
  const left = text.length - MOST_TEXT;
  return left > 0 ? `${text.slice(0, MOST_TEXT)}… and ${left.toLocaleString('en-GB')} characters more` : text;
}
