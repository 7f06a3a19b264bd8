import type { Answer, MessageToWorker } from './commands.ts';

/** How long the worker may take, in ms. */
const PATIENCE = 5_000;

/** The worker has answered that it cannot. */
export class Refusal extends Error {}

/**
 * Sends a message to the worker, and resolves with its answer.
 *
 * @throws Refusal with the sentence of the worker.
 * @throws Error if there is no answer within 5 s.
 */
export function askWorker(worker: ServiceWorker, message: MessageToWorker): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      port1.close();
      reject(new Error('The service worker does not answer.'));
    }, PATIENCE);
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(timer);
      port1.close();
      if ('refusal' in data) reject(new Refusal(data.refusal));
      else resolve(data.result);
    };
    worker.postMessage(message, [port2]);
  });
}
