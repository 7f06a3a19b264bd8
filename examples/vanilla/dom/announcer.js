const PAUSE = 1_000;

/**
 * Writes to a live region with a pause between two messages: what is said within it is joined to one sentence,
 * so that a burst does not talk over itself.
 *
 * @param {HTMLElement} region
 * @param {number} [mostAtOnce] how many of a burst are named; the rest is counted
 * @returns {(message: string) => void}
 */
export function createAnnouncer(region, mostAtOnce = 3) {
  /** @type {string[]} */
  let waiting = [];
  let paused = false;

  function speak() {
    if (waiting.length === 0) {
      paused = false;
      return;
    }
    const left = waiting.length - mostAtOnce;
    region.textContent = waiting.slice(0, mostAtOnce).join(' ') + (left > 0 ? ` And ${left} more.` : '');
    waiting = [];
    paused = true;
    setTimeout(speak, PAUSE);
  }

  return (message) => {
    waiting.push(message);
    if (!paused) speak();
  };
}
