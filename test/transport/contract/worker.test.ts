import { Worker } from 'node:worker_threads';
import { portTransport } from '../../../src/index.ts';
import { keepsTheContract } from './contract.ts';
import type { Arrival, Channel } from './driver.ts';

/** What the worker tells. */
interface Told {
  readonly arrived?: Pick<Arrival, 'server' | 'body' | 'headers'>;
  /** The number of a request that nobody waits for any more. */
  readonly gone?: number;
  readonly notice?: readonly [name: string, data: unknown];
}

/** A worker of this test's with the built package in it: a thread of its own, with real time. */
function startWorker(): Channel {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('./worker-far-side.js', import.meta.url), {
    workerData: { port: port2 },
    transferList: [port2 as never],
  });
  const arrivals: Arrival[] = [];
  const notices: (readonly [string, unknown])[] = [];
  const gone = new Set<number>();
  worker.on('message', (told: Told) => {
    if (told.arrived) arrivals.push(arrivalOf(told.arrived, arrivals.length));
    if (told.gone !== undefined) gone.add(told.gone);
    if (told.notice) notices.push(told.notice);
  });

  function arrivalOf(
    { server, body, headers }: Pick<Arrival, 'server' | 'body' | 'headers'>,
    number: number,
  ): Arrival {
    return {
      server,
      body,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      get gone() {
        return gone.has(number);
      },
      answer: (reply) => worker.postMessage({ number, reply }),
      refuse: (status, errorReply) => worker.postMessage({ number, status, errorReply }),
      breakOff: () => worker.postMessage({ number }),
    };
  }

  return {
    transport: portTransport({ port: port1 }),
    arrivals,
    notices,
    close: () => void worker.terminate(),
  };
}

keepsTheContract({
  name: 'portTransport to a worker',
  cannot: { 'answer twice': 'its far side is a transport, whose send has one answer' },
  connect: startWorker,
});
