/** How long polls must fail before the page says so, in ms: one lost poll is tried again within three seconds. */
const DELAY = 2_000;
/** How often the time until the next try is looked at, in ms. */
const TICK = 250;

/**
 * @typedef {object} OutageSnapshot
 * @property {string} words empty: nothing is shown
 * @property {string} next when the next try is
 * @property {string | undefined} remedy what the button says; undefined: there is none
 */

/** @type {OutageSnapshot} */
const none = { words: '', next: '', remedy: undefined };

/** What the page says while the bank's updates cannot be read, with the time until the next try. */
export class Outage {
  #poller;
  #snapshot = none;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** When the first poll failed. */
  #since = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock;

  /** @param {import('bankside').QueuePoller} poller */
  constructor(poller) {
    this.#poller = poller;
  }

  getSnapshot = () => this.#snapshot;

  /** @param {() => void} listener */
  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /**
   * @param {(words: string) => void} announce for the beginning and the end; the time in between would be chatter
   * @returns {() => void} ends it
   */
  follow(announce) {
    const look = () => this.#look(announce);
    const unsubscribe = this.#poller.subscribe(look);
    look();
    return () => {
      unsubscribe();
      this.#stopClock();
    };
  }

  /** What the button does. */
  remedy = () => {
    if (this.#poller.status === 'failed')
      this.#poller.start().catch(() => {}); // the snapshot has the failure
    else this.#poller.nudge();
  };

  /** @param {(words: string) => void} announce */
  #look(announce) {
    const queue = this.#poller.getSnapshot();
    if (!queue.failure) {
      this.#stopClock();
      this.#show(none, announce);
      return;
    }
    if (!this.#clock) {
      this.#since = performance.now();
      this.#clock = setInterval(() => this.#look(announce), TICK);
    }
    if (performance.now() - this.#since >= DELAY) this.#show(outageOf(queue), announce);
  }

  #stopClock() {
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  /**
   * @param {OutageSnapshot} next
   * @param {(words: string) => void} announce
   */
  #show(next, announce) {
    const last = this.#snapshot;
    if (next.words === last.words && next.next === last.next) return;
    this.#snapshot = next;
    if (next.words !== last.words) announce(next.words || 'The bank’s updates are back.');
    if (!next.remedy && document.activeElement?.closest('.outage'))
      document.getElementById('connections')?.focus({ preventScroll: true });
    for (const listener of this.#listeners) listener();
  }
}

/**
 * @param {import('bankside').QueueSnapshot} queue
 * @returns {OutageSnapshot}
 */
function outageOf({ status, failure }) {
  if (status === 'failed')
    return { words: 'The bank’s updates have stopped.', next: '', remedy: 'Start again' };
  const words = 'Cannot reach the bank’s updates.';
  if (failure?.retryAt === undefined) return { words, next: '', remedy: undefined }; // it is paused
  const seconds = Math.ceil((failure.retryAt - Date.now()) / 1_000);
  return { words, next: nextTry(seconds), remedy: 'Try now' };
}

/** @param {number} seconds */
function nextTry(seconds) {
  if (seconds <= 0) return 'Trying now…';
  return seconds < 100 ? `Next try in ${seconds} s.` : `Next try in ${Math.round(seconds / 60)} min.`;
}
