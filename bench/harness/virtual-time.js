import { install } from '@sinonjs/fake-timers';
import { seededRandom } from '../page/seeded-random.js';

const realTurn = setImmediate;
const minute = 60_000;

/**
 * @typedef {object} VirtualTime
 * @property {<T>(promise: Promise<T>) => Promise<T>} until Advances time, as fast as the machine can, until the promise settles.
 */

/**
 * Runs a task with a virtual clock and the same random numbers in each run: a day takes seconds, and figures do not
 * depend on the machine.
 *
 * @template T
 * @param {(time: VirtualTime) => Promise<T>} task
 * @param {{ visibility?: DocumentVisibilityState }} [page] In a hidden page timers run once a minute, as in browsers after a while.
 */
export async function inVirtualTime(task, { visibility = 'visible' } = {}) {
  const clock = install({
    now: Date.UTC(2026, 0, 1),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  const restore = [
    replace(Math, 'random', seededChance()),
    replace(globalThis, 'setTimeout', atWhole(visibility === 'hidden' ? minute : 1, setTimeout)),
    replace(globalThis, 'document', Object.assign(new EventTarget(), { visibilityState: visibility })),
  ];
  try {
    return await task({
      async until(promise) {
        let isSettled = false;
        const settle = () => {
          isSettled = true;
        };
        promise.then(settle, settle);
        await turn();
        while (!isSettled) {
          if (clock.countTimers() === 0) throw new Error('Time stands still: nothing waits for it');
          clock.next();
          await turn();
        }
        return promise;
      },
    });
  } finally {
    for (const undo of restore.reverse()) undo();
    clock.uninstall();
  }
}

/** Settles all promises that can settle before the next timer fires. */
function turn() {
  return new Promise((resolve) => realTurn(resolve));
}

function seededChance() {
  const next = seededRandom(1);
  return () => next(2 ** 30) / 2 ** 30;
}

/**
 * Timers that fire only at multiples of a unit.
 *
 * @param {number} unit In ms.
 * @param {typeof setTimeout} start
 */
function atWhole(unit, start) {
  return (/** @type {() => void} */ callback, delay = 0) => {
    const now = Date.now();
    return start(callback, Math.ceil((now + Math.ceil(delay)) / unit) * unit - now);
  };
}

/** @param {object} target @param {string} name @param {unknown} value */
function replace(target, name, value) {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}

/** @param {number} duration In ms. */
export function sleep(duration) {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
