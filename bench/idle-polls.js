import { load } from './harness/load.js';
import { inVirtualTime, sleep } from './harness/virtual-time.js';

const day = 24 * 3_600_000;

/**
 * The polls of a day without events, from `start` on, in a visible page and in a hidden one.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export async function idlePolls(options) {
  const bankside = await load(options);
  const rows = [];
  for (const visibility of /** @type {const} */ (['visible', 'hidden'])) {
    const polls = await inVirtualTime((time) => pollsOfADay(bankside, time), { visibility });
    rows.push({
      what: `Polls on a day without events, page ${visibility}`,
      ours: `${polls}`,
      beside: `a poll every 1.8 s: ${day / 1_800}`,
      found: polls,
      limit: 200,
      unit: 'polls',
      digits: 0,
    });
  }
  return rows;
}

/**
 * @param {import('./harness/load.js').Package} bankside
 * @param {import('./harness/virtual-time.js').VirtualTime} time
 */
async function pollsOfADay({ createSandbox, QueuePoller }, { until }) {
  const sandbox = createSandbox({ baseUrl: 'https://linxo.example' });
  let polls = 0;
  const poller = new QueuePoller({
    baseUrl: 'https://linxo.example/linxo',
    accessToken: () => sandbox.issueAccessToken(),
    storage: false,
    fetch(input, init) {
      const request = new Request(input, init);
      if (request.method === 'GET') polls += 1;
      return sandbox.linxo.fetch(request);
    },
  });
  poller.start();
  await until(sleep(day));
  const { status } = poller;
  await poller.stop();
  if (status !== 'polling') throw new Error(`The poller is ${status}`);
  return polls;
}
