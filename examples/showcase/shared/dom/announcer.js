const PAUSE = 1_000;

/**
 * Writes to a live region with a pause between two messages: what is said within it is joined to one sentence,
 * so that a burst does not talk over itself.
 *
 * @param {HTMLElement} region
 * @param {number} [mostAtOnce] how many of a burst are named; the rest is counted
 * @returns {(message: string, topic?: string) => void} of what waits about one topic, only the newest is said
 */
export function createAnnouncer(region, mostAtOnce = 3) {
  /** @type {Map<unknown, string>} */
  const waiting = new Map();
  let paused = false;

  function speak() {
    if (waiting.size === 0) {
      paused = false;
      return;
    }
    const left = waiting.size - mostAtOnce;
    const named = [...waiting.values()].slice(0, mostAtOnce).join(' ');
    region.textContent = left > 0 ? `${named} And ${left} more.` : named;
    waiting.clear();
    paused = true;
    setTimeout(speak, PAUSE);
  }

  return (message, topic) => {
    const key = topic ?? Symbol(message);
    waiting.delete(key);
    waiting.set(key, message);
    if (!paused) speak();
  };
}
