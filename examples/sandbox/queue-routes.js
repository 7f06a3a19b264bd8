import { onOrder } from './on-order.js';
import { respondDone, respondJson, respondRefusal } from './respond.js';

/** @typedef {import('bankside/testing').Sandbox} Sandbox */

/**
 * The ways to make something happen that the event queue tells of: what the user, the institution and time would do.
 *
 * @param {Sandbox} sandbox
 * @returns {Record<string, import('./create-listener.js').Methods>}
 */
export function queueRoutes({ linxo, jump }) {
  return {
    '/sandbox/connections': {
      GET: (_request, response) => respondJson(response, 200, truth(linxo)),
    },
    '/sandbox/synchronisations': {
      POST: onOrder((order, response) =>
        respondJson(response, 201, { connectionId: synchronise(linxo, order) }),
      ),
    },
    '/sandbox/challenge-answers': {
      POST: onOrder(({ connectionId }, response) => {
        if (linxo.answerChallenge(String(connectionId))) respondDone(response);
        else respondRefusal(response, 409, 'Nothing was asked.');
      }),
    },
    '/sandbox/queues': {
      DELETE(_request, response) {
        linxo.killQueue();
        respondDone(response);
      },
    },
    '/sandbox/clock': {
      POST: onOrder(({ ms }, response) => {
        jump(/** @type {number} */ (ms)); // which reads it
        respondDone(response);
      }),
    },
  };
}

/** @param {Sandbox['linxo']} linxo */
function truth(linxo) {
  const connections = linxo.connections();
  const ids = connections.flatMap(({ channels }) => channels.map((channel) => channel.channel_definition_id));
  const channelKinds = Object.fromEntries(ids.map((id) => [id, linxo.channelKind(id)]));
  return { connections, channelKinds };
}

/**
 * Of a connection that is not known yet, it is the first synchronisation.
 *
 * @param {Sandbox['linxo']} linxo
 * @param {Readonly<Record<string, any>>} order  whose fields are read where they are used
 * @returns {string} the connection's id
 */
function synchronise(linxo, order) {
  const { connectionId, name, providerId, scenario, steps, random = false, seed, trouble, ...manner } = order;
  const known = connectionId === undefined ? undefined : linxo.connection(connectionId);
  const { id } = known ?? linxo.addConnection({ id: connectionId, name, providerId });
  if (random) linxo.synchroniseAtRandom(id, { seed, trouble, ...manner });
  else linxo.synchronise(id, steps ?? scenario, manner);
  return id;
}
