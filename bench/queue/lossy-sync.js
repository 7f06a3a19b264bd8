import { sleep } from '../harness/virtual-time.js';
import { distant } from './distance.js';

/**
 * One of 100 answers never arrives. One of 100 answers with events is lost when the browser repeats the request and
 * gets an empty answer.
 */
const losses = /** @type {const} */ ([
  { server: 'linxo', kind: 'lost', probability: 0.01 },
  { server: 'linxo', type: 'queue', kind: 'silently-lost', probability: 0.01 },
]);

/** How long after the end of a synchronisation the state must be right at the latest, in ms. */
const patience = 120_000;

/**
 * Follows one synchronisation over a network that loses answers.
 *
 * @param {import('../harness/load.js').Package} bankside
 * @param {number} seed
 * @returns {Promise<{ lost: number, isRight: boolean, wouldBeRight: boolean }>} How many answers were lost; whether the poller's state is the server's in the
 *   end; and whether that of the last event would be.
 */
export async function lossySync({ createSandbox, QueuePoller }, seed) {
  const sandbox = createSandbox({ seed, baseUrl: 'https://linxo.example' });
  const { linxo } = sandbox;
  const { id } = linxo.addConnection();
  for (const loss of losses) sandbox.fault(loss);
  const poller = new QueuePoller({
    baseUrl: 'https://linxo.example/linxo',
    accessToken: sandbox.issueAccessToken(),
    storage: false,
    fetch: distant(linxo.fetch),
  });
  /** @type {unknown} */
  let last;
  poller.on('*', ({ resource }) => {
    last = resource;
  });
  await poller.start();
  await sleep(5_000 + Math.random() * 10_000);
  linxo.synchroniseAtRandom(id, { seed });
  poller.nudge();
  while (linxo.isSynchronising(id)) {
    await sleep(1_000);
    const channels = [...(poller.connections.get(id)?.channels.values() ?? [])];
    const isAsked = channels.some(({ status }) => status === 'CHALLENGE_REQUIRED');
    // The user does at once what the connection needs.
    if (isAsked && linxo.answerChallenge(id)) poller.nudge();
  }
  await sleep(patience);
  const state = poller.connections.get(id);
  await poller.stop();

  const truth = statuses(linxo.connection(id));
  const known = state && [state.status, ...[...state.channels.values()].map(({ status }) => status)];
  return {
    lost: sandbox.log.filter(({ fault }) => fault).length,
    isRight: String(known) === truth,
    wouldBeRight: statuses(last) === truth,
  };
}

/** @param {any} connection In the form that the server sends. */
function statuses(connection) {
  return String(
    connection && [
      connection.status,
      ...connection.channels.map((/** @type {{ status?: string }} */ { status }) => status),
    ],
  );
}
