/** How long polls must fail before the page says so, in ms: one lost poll is tried again within three seconds. */
const DELAY = 2_000;
/** How often the time until the next try is looked at, in ms. */
const TICK = 250;
/** The poller's own pauses double with each failure in a row, from at most this to at most that, in ms. */
const FIRST_PAUSE = 3_000;
const LONGEST_PAUSE = 90_000;

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
  /** How many polls have failed in a row. */
  #failures = 0;
  /** Why the last of them failed. */
  #error = /** @type {unknown} */ (undefined);
  /** Whether the bank has asked for the pause that follows. */
  #isAskedToWait = false;
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
    // How often they have failed before is not known.
    if (this.#poller.getSnapshot().failure) this.#failures = Number.POSITIVE_INFINITY;
    const unsubscribe = this.#poller.subscribe(look);
    look();
    return () => {
      unsubscribe();
      this.#stopClock();
    };
  }

  /** What the button does. */
  remedy = () => {
    const { status } = this.#poller;
    if (hasEnded(status))
      this.#poller.start().catch(() => {}); // the snapshot has the failure
    else if (status === 'paused') this.#poller.resume();
    else {
      this.#failures = 0; // the poller begins again with short pauses
      this.#poller.nudge();
    }
  };

  /** @param {(words: string) => void} announce */
  #look(announce) {
    const queue = this.#poller.getSnapshot();
    this.#count(queue);
    if (!queue.failure) {
      this.#stopClock();
      this.#show(none, announce);
      return;
    }
    if (!this.#clock) {
      this.#since = performance.now();
      this.#clock = setInterval(() => this.#look(announce), TICK);
    }
    if (performance.now() - this.#since >= DELAY) this.#show(outageOf(queue, this.#isAskedToWait), announce);
  }

  /** @param {import('bankside').QueueSnapshot} queue */
  #count({ status, failure }) {
    if (!failure) this.#failures = 0;
    if (failure?.retryAt === undefined || failure.error === this.#error) return;
    this.#error = failure.error;
    // Another tab polls, and knows how often it has failed before.
    this.#failures = status === 'following' ? Number.POSITIVE_INFINITY : this.#failures + 1;
    this.#isAskedToWait = isAskedToWait(failure, this.#failures);
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
 * Whether the pause is longer than one of the poller's own: then the bank has asked for it (`Retry-After`), and no nudge shortens it.
 *
 * @param {import('bankside').PollFailure} failure that has just come
 * @param {number} failures in a row
 */
function isAskedToWait({ error, retryAt = 0 }, failures) {
  const isBusy = error.code === 'HTTP' && [429, 503].includes(error.details.status);
  const longest = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE);
  return isBusy && retryAt - Date.now() > longest;
}

/** @param {import('bankside').PollerStatus} status */
function hasEnded(status) {
  return status === 'failed' || status === 'stopped';
}

/**
 * @param {import('bankside').QueueSnapshot} queue
 * @param {boolean} isAsked whether the bank has asked for the pause
 * @returns {OutageSnapshot}
 */
function outageOf({ status, failure }, isAsked) {
  if (hasEnded(status)) return { words: 'The bank’s updates have stopped.', next: '', remedy: 'Start again' };
  if (status === 'paused') return { words: 'The bank’s updates are paused.', next: '', remedy: 'Resume' };
  const next = nextTry(Math.ceil(((failure?.retryAt ?? 0) - Date.now()) / 1_000));
  if (isAsked) return { words: 'The bank asks us to wait.', next, remedy: undefined };
  return { words: 'Cannot reach the bank’s updates.', next, remedy: 'Try now' };
}

/** @param {number} seconds */
function nextTry(seconds) {
  if (seconds <= 0) return 'Trying now…';
  return seconds < 100 ? `Next try in ${seconds} s.` : `Next try in ${Math.round(seconds / 60)} min.`;
}
