import { HttpResponse } from 'msw';
import { httpTransport, type ServerName } from '../../../src/index.ts';
import { broken, useBank } from '../fixtures/use-bank.ts';
import { keepsTheContract } from './contract.ts';
import type { Arrival } from './driver.ts';

const bank = useBank();

const endpoints = {
  pserver: 'https://bank.example/pserver',
  enrich: 'https://bank.example/enrich',
  ob: 'https://bank.example/ob',
};

keepsTheContract({
  name: 'httpTransport',
  cannot: {
    'answer twice': 'a request over HTTP has one answer',
    'carry notices': 'the endpoints are those of requests',
    'carry half characters': 'a body is UTF-8, which has none',
  },
  connect() {
    const arrivals: Arrival[] = [];
    bank.answer(
      ({ url, body, headers, signal }) =>
        new Promise((resolve) => {
          arrivals.push({
            server: new URL(url).pathname.slice(1) as ServerName,
            body,
            headers: Object.fromEntries(headers),
            get gone() {
              return signal.aborted;
            },
            answer: (reply) => resolve(HttpResponse.json(reply)),
            refuse: (status, reply) => resolve(HttpResponse.json(reply ?? null, { status })),
            breakOff: () => resolve(broken()),
          });
        }),
    );
    const widgetHeaders = ['x-trace', 'x-other'];
    return { transport: httpTransport({ endpoints, authToken: 'token-1', widgetHeaders }), arrivals };
  },
});
