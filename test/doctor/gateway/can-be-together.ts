import { createBackend, MARKED } from './backend.ts';
import type { Fault } from './faults/fault.ts';
import type { GatewayRequest, Reply } from './reply.ts';
import { rightGateway } from './right-gateway.ts';
import { RIGHT_PAGE } from './right-page.ts';

/** One of each kind of request, and its right answer. */
interface Sample {
  readonly request: GatewayRequest;
  readonly reply: Reply;
}

const ORIGIN = 'https://www.bank.example';
const { authToken, accessToken } = MARKED;

/**
 * Whether one bank can have both: neither undoes what the other has done to an answer. At one place, it does not matter which comes
 * first; at two places, they change other parts of an answer.
 */
export function canBeTogether(one: Fault, other: Fault): boolean {
  const cookies = [one.credentials, other.credentials].filter((value) => value !== undefined);
  if (new Set(cookies).size > 1) return false;
  return SAMPLES.every((sample) =>
    one.at === other.at ? commute(one, other, sample) : !changeTheSame(one, other, sample),
  );
}

function changeTheSame(one: Fault, other: Fault, { request, reply }: Sample): boolean {
  const before = partsOf(reply);
  const first = partsOf(one.change(reply, request));
  const second = partsOf(other.change(reply, request));
  const parts = [...new Set([...before.keys(), ...first.keys(), ...second.keys()])];
  return parts.some((part) => {
    const value = before.get(part);
    return first.get(part) !== value && second.get(part) !== value;
  });
}

function commute(one: Fault, other: Fault, { request, reply }: Sample): boolean {
  const there = partsOf(other.change(one.change(reply, request), request));
  const back = partsOf(one.change(other.change(reply, request), request));
  return JSON.stringify([...there]) === JSON.stringify([...back]);
}

/** An answer by its parts. */
function partsOf({ status, headers, body, send }: Reply): Map<string, string> {
  const parts = new Map([
    ['status', `${status}`],
    ['body', `${body}`],
    ['way', `${send}`],
  ]);
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))].sort();
  for (const name of names) {
    const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
    parts.set(name, values.sort().join('\n'));
  }
  return parts;
}

const SAMPLES: readonly Sample[] = samples();

function samples(): readonly Sample[] {
  const backend = createBackend();
  const gateway = rightGateway({ origin: ORIGIN, credentials: true });
  const answered = (request: Partial<GatewayRequest> & Pick<GatewayRequest, 'subject' | 'path'>): Sample => {
    const whole: GatewayRequest = {
      method: 'POST',
      body: '',
      count: 1,
      ...request,
      headers: { origin: ORIGIN, ...request.headers },
    };
    return { request: whole, reply: gateway.answer(whole, () => backend.answer(whole)) };
  };
  const command = {
    subject: 'pserver',
    path: '/pserver/execute',
    headers: { authtoken: authToken },
  } as const;
  const queues = { subject: 'linxo', headers: { authorization: `Bearer ${accessToken}` } } as const;
  const subscribe = { ...queues, path: '/linxo/queues/subscribe', body: '{"topics":["connections"]}' };
  const asked = { 'access-control-request-method': 'POST' };
  return [
    answered({ ...command, method: 'OPTIONS', headers: asked }),
    answered({ ...command, body: '{"type":"a"}' }),
    answered({ ...command, body: '{"type":"a"}', headers: {} }),
    answered({ ...command, body: '{"type":"a"}', count: 0 }),
    answered({ ...command, body: '{"type":"é"}' }),
    answered({ ...command, body: `{"type":"${'a'.repeat(100_000)}"}` }),
    answered(subscribe),
    answered({ ...subscribe, headers: {} }),
    answered({ ...queues, method: 'GET', path: `/linxo/queues/${MARKED.queueId}0` }),
    answered({ ...queues, method: 'GET', path: `/linxo/queues/${MARKED.queueId}0`, headers: {} }),
    answered({ ...queues, method: 'GET', path: '/linxo/queues/other' }),
    answered({ ...queues, method: 'GET', path: '/linxo/connections/other' }),
    {
      request: {
        subject: 'page',
        path: '/',
        method: 'GET',
        headers: { host: '127.0.0.1:80' },
        body: '',
        count: 0,
      },
      reply: RIGHT_PAGE,
    },
  ];
}
