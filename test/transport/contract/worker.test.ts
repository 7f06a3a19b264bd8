import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll } from 'vitest';
import { portTransport } from '../../../src/index.ts';
import { startWorker } from '../../harness/start-worker.ts';
import { keepsTheContract } from './contract.ts';
import type { Arrival, Channel } from './driver.ts';
import type { Order, Told } from './fixtures/serving-worker.ts';

/** A thread of its own, with the package in it and real time. Each test has a port to it. */
let worker: Worker;
let lastChannel = 0;

beforeAll(async () => {
  worker = await startWorker(new URL('./fixtures/serving-worker.ts', import.meta.url));
});

afterAll(async () => {
  await worker.terminate();
});

type OrderOf<T> = T extends unknown ? Omit<T, 'channel'> : never;

function connect(): Channel {
  const channel = ++lastChannel;
  const order = (what: OrderOf<Order>, ...transferred: MessagePort[]): void =>
    worker.postMessage({ channel, ...what }, transferred as never);
  const { port1, port2 } = new MessageChannel();
  const arrivals: Arrival[] = [];
  const notices: (readonly [string, unknown])[] = [];
  const gone = new Set<number>();

  function arrivalOf({ server, body, headers }: Pick<Arrival, 'server' | 'body' | 'headers'>): Arrival {
    const request = arrivals.length;
    const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return {
      server,
      body,
      headers: Object.fromEntries(names),
      get gone() {
        return gone.has(request);
      },
      answer: (reply) => order({ request, reply }),
      refuse: (status, errorReply) => order({ request, status, errorReply }),
      breakOff: () => order({ request }),
    };
  }

  const hear = (told: Told): void => {
    if (told.channel !== channel) return;
    if ('arrived' in told) arrivals.push(arrivalOf(told.arrived));
    else if ('gone' in told) gone.add(told.gone);
    else notices.push(told.notice);
  };
  worker.on('message', hear);
  order({ port: port2 as never }, port2);

  return {
    transport: portTransport({ port: port1 }),
    arrivals,
    notices,
    close() {
      worker.off('message', hear);
      order({ close: true });
    },
  };
}

keepsTheContract({
  name: 'portTransport to a worker',
  cannot: { 'answer twice': 'its other side is a transport, whose send has one answer' },
  connect,
});
