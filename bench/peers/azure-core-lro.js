import { createHttpPoller } from '@azure/core-lro';

const operation = { method: 'POST', url: '/operations' };

/**
 * A long-running operation, whose poller reads its status.
 *
 * @type {import('./fixed-gap.js').WaitForEnd}
 */
export async function httpPoller(read, interval) {
  const poller = createHttpPoller(
    {
      sendInitialRequest: async () => answer(202, 'Running'),
      sendPollRequest: async () => answer(200, (await read()) ? 'Succeeded' : 'Running'),
    },
    { intervalInMs: interval },
  );
  await poller.pollUntilDone();
}

/** @param {number} statusCode @param {string} status */
function answer(statusCode, status) {
  const headers = { 'operation-location': '/operations/1' };
  return { flatResponse: status, rawResponse: { statusCode, headers, request: operation, body: { status } } };
}
