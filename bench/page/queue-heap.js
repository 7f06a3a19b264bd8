import { QueuePoller } from 'bankside';
import { ownTurn } from './own-turn.js';
import { answerOf } from './queue-answers.js';
import { QueueStub } from './queue-stub.js';

const batch = 100;
const size = { count: batch, connections: 2 };
const noop = () => {};
const turn = ownTurn();
const stub = new QueueStub();
const poller = new QueuePoller({
  baseUrl: '/linxo',
  accessToken: async () => 'token',
  storage: false,
  fetch: stub.fetch,
  schedule: { close: 1, closeFor: 3_600_000, reconcile: 20 },
});
let made = 0;
let handled = 0;
let iterated = 0;

for (const event of /** @type {const} */ ([
  'LIST_ACCOUNTS',
  'connection',
  'channel',
  'poll',
  'failure',
  'gap',
])) {
  poller.on(event, noop);
}
poller.on('*', () => {
  handled += 1;
});
poller.subscribe(noop);
poller.start();
iterate();

async function iterate() {
  for await (const event of poller) if (event) iterated += 1;
}

/** What may happen to a poll besides an answer with new events. */
const mishaps = [
  /** Nothing is new. */
  async () => (await stub.nextPoll())(),
  /** The same events once more. */
  async () => (await stub.nextPoll())(answerOf(size, made - batch)),
  /** A malformed event. */
  async () => (await stub.nextPoll())('[{"id":1}]'),
];

/** A caller waits for a synchronisation, and aborts. Only now and then, since the poller takes its time for it. */
function giveUp() {
  const waiting = new AbortController();
  poller.whenSynced(`unheard-of-${made}`, { signal: waiting.signal }).catch(noop);
  waiting.abort();
}

/**
 * Delivers events, 100 at a time, with one of these after each.
 *
 * @param {number} total How many events there must be in all, earlier ones included.
 */
export async function runUntil(total) {
  while (made < total) {
    const answer = await stub.nextPoll();
    answer(answerOf(size, made));
    made += batch;
    await mishaps[(made / batch) % mishaps.length]?.();
    if (made % 100_000 === batch) giveUp();
    await turn(); // gives the iterator time, as a network would
  }
  await stub.nextPoll();
  if (handled !== made || iterated !== made) throw new Error(`${handled}, ${iterated} of ${made} events`);
}
