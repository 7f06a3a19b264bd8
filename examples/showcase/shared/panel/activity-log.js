import { element } from '../dom/element.js';
import { RequestRow } from './request-row.js';

const MOST_ROWS = 200;
const TICK = 100;

/** @typedef {RequestRow | { element: HTMLLIElement, server: undefined, pending: false, tick(): void, requestId?: undefined }} Row */

/** What a bridge or a poller does, newest first. */
export class ActivityLog {
  #list;
  #none = element('p', { class: 'activity-none' }, 'Nothing yet.');
  /** @type {Row[]} oldest first */
  #rows = [];
  /** @type {Map<string, RequestRow>} */
  #byId = new Map();
  #shown = 'all';
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock;

  /** @param {{ id: string, titleId: string, look?: string }} options `look`: a further class */
  constructor({ id, titleId, look = '' }) {
    this.#list = element('ol', { class: 'activity', id, role: 'list' });
    this.element = element(
      'div',
      // What scrolls must be in reach of the keyboard.
      { class: `activity-scroll ${look}`, tabindex: 0, role: 'region', 'aria-labelledby': titleId },
      this.#list,
      this.#none,
    );
  }

  /** @param {{ server: string, type: string | undefined, requestId: string | number }} request */
  begin({ server, type, requestId }) {
    const id = String(requestId);
    const row = new RequestRow({ server, title: type ?? 'no type', requestId: id });
    this.#byId.set(id, row);
    this.#add(row);
    this.#clock ??= setInterval(() => this.#tick(), TICK);
  }

  /**
   * A reply that is not passed on.
   *
   * @param {string} requestId
   * @param {string} title
   */
  addHeld(requestId, title) {
    const row = new RequestRow({ server: this.#byId.get(requestId)?.server, title, requestId });
    row.held();
    this.#add(row);
  }

  /**
   * Something that is no request.
   *
   * @param {string} name
   * @param {string} [detail]
   */
  addNote(name, detail) {
    const note = element(
      'li',
      { class: 'activity-row activity-note', 'data-note': name },
      element('span', { class: 'activity-title' }, name),
      element('span', { class: 'activity-meta' }, detail),
    );
    this.#add({ element: note, server: undefined, pending: false, tick() {} });
  }

  /** @param {string} requestId */
  find(requestId) {
    return this.#byId.get(requestId);
  }

  /** @param {string} server `all`, or the one to see */
  show(server) {
    this.#shown = server;
    for (const row of this.#rows) this.#hideOrShow(row);
    this.#showNone();
  }

  clear() {
    this.#rows = [];
    this.#byId.clear();
    this.#list.replaceChildren();
    this.#showNone();
  }

  /** @param {Row} row */
  #add(row) {
    this.#rows.push(row);
    this.#hideOrShow(row);
    this.#list.prepend(row.element);
    if (this.#rows.length > MOST_ROWS) this.#dropOldest();
    this.#showNone();
  }

  #dropOldest() {
    const row = this.#rows.shift();
    const id = row?.element.dataset.request;
    row?.element.remove();
    if (id !== undefined && this.#byId.get(id) === row) this.#byId.delete(id);
  }

  /** @param {Row} row */
  #hideOrShow({ element, server }) {
    element.hidden = this.#shown !== 'all' && server !== this.#shown;
  }

  #showNone() {
    this.#none.hidden = this.#rows.some(({ element }) => !element.hidden);
  }

  #tick() {
    const pending = this.#rows.filter((row) => row.pending);
    for (const row of pending) row.tick();
    if (pending.length > 0) return;
    clearInterval(this.#clock);
    this.#clock = undefined;
  }
}
