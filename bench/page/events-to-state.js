import { QueuePoller, queueEventSchema } from 'bankside';
import * as z from 'zod/mini';
import { interleave } from './interleave.js';
import { answerOf } from './queue-answers.js';
import { QueueStub } from './queue-stub.js';

/**
 * So many answers are parsed, or read, in a row. They take as long as one answer from string to state, so that other
 * programs interrupt all of them equally often.
 */
const inARow = 3;

/**
 * Measures the way from the string of an answer to the last handler, beside `JSON.parse` of that string, and
 * zod's reading of the parsed value.
 *
 * @param {{ events: number, warmUp: number, rounds: number }} options
 */
export async function measure({ events, ...turns }) {
  const stub = new QueueStub();
  const schedule = { close: 1, closeFor: 600_000, reconcile: 600_000 };
  const poller = new QueuePoller({
    baseUrl: '/linxo',
    accessToken: 'token',
    storage: false,
    fetch: stub.fetch,
    schedule,
  });
  const load = { count: events, connections: 20 };
  let handled = 0;
  let ended = 0;
  let changes = 0;
  /** @type {() => void} */
  let wake = () => {};
  poller.on('*', () => {
    handled += 1;
    if (handled === made) wake();
  });
  poller.on('SYNC_ALL_SUCCESS', () => {
    ended += 1;
  });
  poller.on('connection', () => {
    changes += 1;
  });
  poller.start();
  let answer = await stub.nextPoll();

  let made = 0;
  let text = '';
  /** @type {string[]} */
  let answers = [];
  /** @type {unknown[]} */
  let values = [];
  function next() {
    text = answerOf(load, made);
    made += events;
  }
  function several() {
    answers = Array.from({ length: inARow }, (_none, index) => answerOf(load, made + index * events));
  }
  const times = await interleave(
    [
      {
        name: 'bankside',
        before: next,
        run() {
          const done = new Promise((resolve) => {
            wake = () => resolve(undefined);
          });
          answer(text);
          return done;
        },
        async after() {
          answer = await stub.nextPoll();
        },
      },
      {
        name: 'parse',
        before: several,
        async run() {
          for (const one of answers) if (JSON.parse(one).length !== events) throw new Error('Not the events');
        },
      },
      {
        name: 'zod',
        before() {
          several();
          values = answers.flatMap((one) => JSON.parse(one));
        },
        async run() {
          for (const value of values)
            if (!z.safeParse(queueEventSchema, value).success) throw new Error('Not an event');
        },
      },
    ],
    turns,
  );
  const { size } = poller.connections;
  await poller.stop();
  if (handled !== made || !ended || !changes || !size) throw new Error(`${handled} of ${made} events`);
  const ofOne = (/** @type {number} */ time) => time / inARow;
  return { ...times, parse: times['parse']?.map(ofOne), zod: times['zod']?.map(ofOne) };
}
