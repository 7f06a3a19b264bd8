import { onOrder } from './on-order.js';
import { queueRoutes } from './queue-routes.js';
import { respondDone, respondJson } from './respond.js';
import { scriptRoutes } from './script-routes.js';

/**
 * What there is beside the servers' own routes: the session that hands out tokens, the push channel, and the ways to
 * make the sandbox misbehave and to look into it.
 *
 * @param {import('bankside/testing').Sandbox} sandbox
 * @param {ReturnType<typeof import('./event-stream.js').createEventStream>} replies
 * @returns {Record<string, import('./create-listener.js').Methods>}
 */
export function sandboxRoutes(sandbox, replies) {
  return {
    // A bank would first ask its session cookie who this is.
    '/session/token': {
      POST: (_request, response) => respondJson(response, 200, { authToken: sandbox.issueToken() }),
    },
    '/session/access-token': {
      POST: (_request, response) => respondJson(response, 200, { accessToken: sandbox.issueAccessToken() }),
    },
    '/sandbox/replies': { GET: (_request, response) => replies.open(response) },
    '/sandbox/faults': {
      POST: onOrder((fault, response) => {
        sandbox.fault(/** @type {any} */ (fault)); // which reads it
        respondDone(response);
      }),
      DELETE(_request, response) {
        sandbox.clearFaults();
        respondDone(response);
      },
    },
    '/sandbox/log': {
      GET: (_request, response) => respondJson(response, 200, sandbox.log),
      DELETE(_request, response) {
        sandbox.clearLog();
        respondDone(response);
      },
    },
    ...queueRoutes(sandbox),
    ...scriptRoutes(),
  };
}
