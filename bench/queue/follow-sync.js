import { sleep } from '../harness/virtual-time.js';
import { distant, oneWay } from './distance.js';

/** @import { Follower } from './followers.js' */
/** @typedef {{ polls: number, reads: number, length: number, delays: number[] }} Course One synchronisation for one of its followers. Times in ms. */

const baseUrl = 'https://linxo.example/linxo';

/**
 * One synchronisation of two channels, followed by several at once: the same server, the same events, a queue for each.
 *
 * The length H is from the start on the server to the last event. The page knows of the start one way later, and
 * notifies the followers. Their requests to the queue from then to the end are the polls, N; their requests for
 * connections, the reads. The delay of an event is from its creation to the call of its handler.
 *
 * @param {import('../harness/load.js').Package} bankside
 * @param {number} seed
 * @param {readonly { follow: Follower, gap: number }[]} followers
 * @returns {Promise<Course[]>} One for each of them.
 */
export async function followSync({ createSandbox }, seed, followers) {
  const sandbox = createSandbox({ seed, baseUrl: 'https://linxo.example' });
  const { linxo } = sandbox;
  const accessToken = sandbox.issueAccessToken();
  const { id } = linxo.addConnection();

  const observed = await Promise.all(
    followers.map(async ({ follow, gap }) => {
      /** @type {{ at: number, isPoll: boolean }[]} */
      const sent = [];
      /** @type {Map<string, number>} When the handler got each event. */
      const heard = new Map();
      let ends = 0;
      const following = await follow({
        access: {
          baseUrl,
          accessToken,
          fetch: distant(linxo.fetch, ({ url }) =>
            sent.push({ at: Date.now(), isPoll: url.includes('/queues/') }),
          ),
        },
        gap,
        onEvent(event) {
          if (heard.has(event.id)) return;
          heard.set(event.id, Date.now());
          if (event.event_type === 'SYNC_ALL_SUCCESS') ends += 1;
        },
        isOver: () => ends === 2,
      });
      return { following, sent, heard, isOver: () => ends === 2 };
    }),
  );

  // The user types for a while, so that the synchronisation begins at any point between two polls.
  await sleep(5_000 + Math.random() * 10_000);
  const from = Date.now();
  linxo.synchroniseAtRandom(id, { seed, trouble: 0 });
  await sleep(oneWay);
  for (const { following } of observed) following.begin();
  while (!observed.every(({ isOver }) => isOver())) await sleep(1_000);
  await Promise.all(observed.map(({ following }) => following.end()));

  const events = linxo.published;
  const to = events.at(-1)?.at ?? from;
  return observed.map(({ sent, heard }) => {
    const during = sent.filter(({ at }) => at >= from && at <= to);
    const polls = during.filter(({ isPoll }) => isPoll).length;
    const delays = events.map(({ at, event }) => (heard.get(event.id) ?? Number.NaN) - at);
    return { polls, reads: during.length - polls, length: to - from, delays };
  });
}
