import { portTransport, servePort } from 'bankside';
import * as comlink from 'comlink';
import { connect, PortMessenger } from 'penpal';
import { bareChannel } from '../peers/bare-channel.js';
import { interleave } from './interleave.js';
import { command, insights } from './messages.js';

const answer = () => Promise.resolve(insights);

/**
 * The subjects: each has its own channel, whose other side answers at once.
 *
 * @satisfies {Record<string, () => Promise<import('../peers/bare-channel.js').Ask>>}
 */
const subjects = {
  async bankside() {
    const { port1, port2 } = new MessageChannel();
    servePort({ port: port2, transport: { send: answer } });
    const { send } = portTransport({ port: port1 });
    const { type } = command;
    // Shared by all requests: making a signal is the caller's part.
    const { signal } = new AbortController();
    let requestId = 0;
    return async (body) => {
      requestId += 1;
      const request = /** @type {const} */ ({ requestId, server: 'pserver', type, body, headers: {} });
      // Parsed, as a bridge does.
      const reply = await send(request, { signal, deadline: performance.now() + 30_000 });
      return JSON.parse(/** @type {string} */ (reply));
    };
  },
  async bare() {
    return bareChannel(new MessageChannel(), answer);
  },
  async penpal() {
    const { port1, port2 } = new MessageChannel();
    connect({ messenger: new PortMessenger({ port: port2 }), methods: { answer } });
    const { promise } = connect({ messenger: new PortMessenger({ port: port1 }) });
    const remote = /** @type {{ answer(body: object): Promise<object> }} */ (
      /** @type {unknown} */ (await promise)
    );
    return (body) => remote.answer(body);
  },
  async comlink() {
    const { port1, port2 } = new MessageChannel();
    comlink.expose({ answer }, port2);
    const remote = /** @type {{ answer(body: object): Promise<object> }} */ (comlink.wrap(port1));
    return (body) => remote.answer(body);
  },
};

/**
 * Sends requests over a MessageChannel within a page: so many at once, the next ones once these are answered.
 *
 * @param {{ atOnce: number, trips: number, warmUp: number, rounds: number }} options
 */
export async function measure({ atOnce, trips, ...turns }) {
  const batches = [];
  for (const [name, create] of Object.entries(subjects)) {
    const ask = await create();
    batches.push({
      name,
      async run() {
        for (let done = 0; done < trips; done += atOnce) {
          const answers = [];
          for (let each = 0; each < atOnce; each += 1) answers.push(ask(command));
          await Promise.all(answers);
        }
      },
    });
  }
  return interleave(batches, turns);
}
