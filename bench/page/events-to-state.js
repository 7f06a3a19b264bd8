import { QueuePoller, queueEventSchema } from 'bankside';
import * as z from 'zod/mini';
import { interleave } from './interleave.js';
import { answerOf } from './queue-answers.js';
import { QueueStub } from './queue-stub.js';

/** So many answers are parsed, or read, in a row, and take as long as one does from text to state: a machine that has other things to do interrupts all as often. */
const inARow = 3;

/**
 * From the text of an answer to the last handler, beside `JSON.parse` of such a text, and beside what zod takes to read what that has made of it.
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
  let texts = [];
  /** @type {unknown[]} */
  let values = [];
  function next() {
    text = answerOf(load, made);
    made += events;
  }
  function several() {
    texts = Array.from({ length: inARow }, (_none, index) => answerOf(load, made + index * events));
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
          for (const one of texts) if (JSON.parse(one).length !== events) throw new Error('Not the events');
        },
      },
      {
        name: 'zod',
        before() {
          several();
          values = texts.flatMap((one) => JSON.parse(one));
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
