import { interleave, turn } from './interleave.js';
import { command, insights } from './messages.js';
import { seededRandom } from './seeded-random.js';
import { subjects } from './subjects.js';
import { Widget } from './widget.js';

/** @typedef {(reply: object) => void} Answer */

/**
 * Measures the cost of a request with many others in flight.
 *
 * @param {{ load: keyof typeof loads, depths: number[], trips: number, warmUp: number, rounds: number }} options
 * @returns Times by subject and depth, such as `bankside 10`.
 */
export function measure({ load, depths, trips, ...turns }) {
  const names = /** @type {(keyof typeof subjects)[]} */ (['bankside', 'handWritten']);
  const batches = names.flatMap((name) =>
    depths.map((depth) => ({ name: `${name} ${depth}`, ...loads[load](new Flight(name, depth), trips) })),
  );
  return interleave(batches, turns);
}

const loads = {
  /** Sends all at once, then answers all, and repeats that. */
  burst: (/** @type {Flight} */ flight, /** @type {number} */ trips) => ({
    async run() {
      for (let done = 0; done < trips; done += flight.depth) {
        flight.fill();
        await flight.empty();
      }
    },
  }),
  /** After each answer, in random order, sends the next request. */
  steady: (/** @type {Flight} */ flight, /** @type {number} */ trips) => ({
    before: () => flight.fill(),
    async run() {
      for (let trip = 0; trip < trips; trip += 1) await flight.exchangeOne();
    },
    async after() {
      await flight.empty();
      await turn();
    },
  }),
};

class Flight {
  #widget = new Widget();
  /** @type {Answer[]} */
  #unanswered = [];
  #random = seededRandom(1);
  #lastId = 0;
  #ask;

  /** @param {keyof typeof subjects} name @param {number} depth How many are in flight. */
  constructor(name, depth) {
    this.depth = depth;
    this.#ask = subjects[name]({
      widget: this.#widget,
      send: () => new Promise((resolve) => this.#unanswered.push(resolve)),
    });
  }

  fill() {
    while (this.#unanswered.length < this.depth) this.#askNext();
  }

  async empty() {
    for (const answer of this.#unanswered.splice(0)) answer(insights);
    while (this.#widget.replies < this.#lastId) await undefined;
  }

  async exchangeOne() {
    const replied = this.#widget.nextReply();
    this.#takeAny()(insights);
    await replied;
    this.#askNext();
  }

  #askNext() {
    this.#lastId += 1;
    this.#ask(command, `${this.#lastId}`);
  }

  /** Removes one, and puts the last one in its place. */
  #takeAny() {
    const index = this.#random(this.#unanswered.length);
    const taken = /** @type {Answer} */ (this.#unanswered[index]);
    const last = /** @type {Answer} */ (this.#unanswered.pop());
    if (index < this.#unanswered.length) this.#unanswered[index] = last;
    return taken;
  }
}
