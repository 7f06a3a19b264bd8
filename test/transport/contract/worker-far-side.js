import { parentPort, workerData } from 'node:worker_threads';
import { BanksideError, servePort } from '../../../dist/index.js';
import { withErrorReply } from '../../../dist/transport/transport.js';

// A worker that serves a port as a page's worker would. What arrives is told to the test, which ends it by its number.

/** @type {{ resolve(reply: object): void, reject(error: Error): void, sent: object }[]} */
const pending = [];

const transport = {
  send({ requestId, server, type, body, headers }, { signal }) {
    const number = pending.length;
    signal.addEventListener('abort', () => parentPort.postMessage({ gone: number }));
    parentPort.postMessage({ arrived: { server, body, headers } });
    return new Promise((resolve, reject) => {
      pending.push({ resolve, reject, sent: { requestId, server, type } });
    });
  },
  notify: (name, data) => parentPort.postMessage({ notice: [name, data] }),
};

parentPort.on('message', ({ number, reply, status, errorReply }) => {
  const { resolve, reject, sent } = pending[number];
  if (reply) resolve(reply);
  else if (!status) reject(new TypeError('Failed to fetch'));
  else {
    const details = { ...sent, elapsed: 7, status };
    const error = new BanksideError('HTTP', `The server answered with status ${status}`, details);
    reject(withErrorReply(error, errorReply && { response: errorReply }));
  }
});

servePort({ transport, port: workerData.port });
