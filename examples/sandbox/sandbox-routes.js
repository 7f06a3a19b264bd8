import { readBody } from './read-body.js';
import { respondDone, respondJson, respondRefusal } from './respond.js';

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
    '/sandbox/replies': { GET: (_request, response) => replies.open(response) },
    '/sandbox/faults': {
      POST: (request, response) => addFaults(sandbox, request, response),
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
  };
}

/**
 * @param {import('bankside/testing').Sandbox} sandbox
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function addFaults(sandbox, request, response) {
  const body = await readBody(request);
  try {
    sandbox.fault(JSON.parse(body));
    respondDone(response);
  } catch (error) {
    respondRefusal(response, 400, error instanceof TypeError ? error.message : 'The body must be JSON.');
  }
}
