import { QueuePoller } from 'bankside';
import { useConnection } from 'bankside/react';
import { createElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ownTurn } from './own-turn.js';
import { answerOf } from './queue-answers.js';
import { QueueStub } from './queue-stub.js';

/** @typedef {import('bankside').ConnectionState} ConnectionState */
/** @typedef {import('react').FunctionComponent<{ poller: QueuePoller, ids: readonly string[] }>} Banks */

const turn = ownTurn();
let renderings = 0;

/**
 * What both pages show about a connection.
 *
 * @param {{ connection: ConnectionState | undefined }} props
 */
function Bank({ connection }) {
  renderings += 1;
  return createElement('li', {}, `${connection?.name}: ${connection?.status}`);
}

/** @param {{ poller: QueuePoller, id: string }} props */
function ConnectedBank({ poller, id }) {
  return Bank({ connection: useConnection(poller, id) });
}

/** @type {Record<string, Banks>} */
const pages = {
  bankside: ({ poller, ids }) => ids.map((id) => createElement(ConnectedBank, { key: id, poller, id })),
  useState({ poller, ids }) {
    const [connections, setConnections] = useState(poller.getSnapshot().connections);
    useEffect(() => poller.subscribe(() => setConnections(poller.getSnapshot().connections)), [poller]);
    return ids.map((id) => createElement(Bank, { key: id, connection: connections.get(id) }));
  },
};

/**
 * Counts the renders of components that show one of several connections each, in each page: the mean for one event
 * that arrives alone.
 *
 * @param {{ connections: number, events: number }} load
 */
export async function measure(load) {
  /** @type {Record<string, number>} */
  const perEvent = {};
  for (const [name, page] of Object.entries(pages)) {
    perEvent[name] = (await renderingsOf(page, load)) / load.events / load.connections;
  }
  return perEvent;
}

/** @param {Banks} page @param {{ connections: number, events: number }} load */
async function renderingsOf(page, { connections, events }) {
  const stub = new QueueStub();
  const poller = new QueuePoller({
    baseUrl: '/linxo',
    accessToken: 'token',
    storage: false,
    fetch: stub.fetch,
    schedule: { close: 1, closeFor: 600_000, reconcile: 600_000 },
  });
  const ids = Array.from({ length: connections }, (_none, index) => `connection-${index}`);
  for (const id of ids) poller.track(id);
  poller.start();
  const element = document.body.appendChild(document.createElement('ul'));
  const root = createRoot(element);
  root.render(createElement(page, { poller, ids }));
  // Those that are tracked are read between two polls.
  while (poller.connections.size < connections) (await stub.nextPoll())();
  await settled();
  const at = Math.ceil(Date.now() / 1_000) + 1; // newer than what was read

  renderings = 0;
  for (const event of JSON.parse(answerOf({ count: events, connections }, 0))) {
    const answer = await stub.nextPoll();
    answer(JSON.stringify([{ ...event, creation_date: at }]));
    await stub.nextPoll();
    await settled();
    const shown = element.children[ids.indexOf(event.resource.id)]?.textContent;
    if (!shown?.endsWith(`: ${event.resource.status}`))
      throw new Error(`${shown} is not the status of the event`);
  }
  root.unmount();
  await poller.stop();
  return renderings;
}

/** React renders in a task of its own, unless a user's input is the cause. */
async function settled() {
  for (let turns = 0; turns < 5; turns += 1) await turn();
}
