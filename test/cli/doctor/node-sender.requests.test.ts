import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { SPOILED_TOKEN } from '../../../src/doctor/spoiled-token.ts';
import { serveLocally } from '../../harness/local-server.ts';
import { gateway, idsOf, ORIGIN, probe, senderOf, sendTo, TOKENS } from './fixtures/send-to.ts';
import { serversOfTest } from './fixtures/servers-of-test.ts';

const opened = serversOfTest();
const never = new AbortController().signal;

async function record(script = {}): Promise<{ url: string; arrived: IncomingMessage[] }> {
  const arrived: IncomingMessage[] = [];
  const url = `${await opened(serveLocally(gateway(script, arrived)))}/pserver`;
  return { url, arrived };
}

it('a right gateway gets no finding', async () => {
  const { url } = await record();
  const { findings, answer } = await sendTo(url);

  expect(findings).toEqual([]);
  expect(answer?.status).toBe(200);
  expect(answer?.text).toBe('{"ok":true}');
  expect(answer?.seesAllHeaders).toBe(true);
});

it('sends the preflight of a browser: without token, cookie and body', async () => {
  const { url, arrived } = await record();
  await sendTo(
    url,
    {},
    {
      cookie: 'session=1',
      credentials: true,
      headers: [
        ['x-trace', '1'],
        ['BankId', '2'],
      ],
    },
  );

  const [preflight, request] = arrived;
  expect(preflight?.method).toBe('OPTIONS');
  expect(preflight?.headers).toMatchObject({
    origin: ORIGIN,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authtoken,bankid,content-type,x-trace',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-dest': 'empty',
    referer: `${ORIGIN}/`,
    accept: '*/*',
  });
  expect(JSON.stringify(preflight?.rawHeaders)).not.toMatch(/token-of-somebody|session=1|cache-control/i);
  expect(request?.headers).toMatchObject({
    origin: ORIGIN,
    authtoken: TOKENS.authToken,
    bankid: '2',
    cookie: 'session=1',
    'content-type': 'application/json',
    'accept-encoding': expect.stringContaining('gzip, deflate, br'),
  });
  expect(request?.headers['cache-control']).toBeUndefined();
});

it('sends one preflight for requests that need the same, and another for another address', async () => {
  const { url, arrived } = await record();
  const sender = senderOf();
  await sender.send(probe(url), never);
  await sender.send(probe(url, { token: 'spoiled' }), never);
  await sender.send(probe(`${url}/2`), never);

  expect(arrived.filter(({ method }) => method === 'OPTIONS').map((request) => request.url)).toEqual([
    '/pserver',
    '/pserver/2',
  ]);
});

it('repeats what is wrong with a preflight for each request that needs it', async () => {
  const { url } = await record({
    preflight: { status: 403, headers: { 'access-control-allow-origin': undefined } },
  });
  const sender = senderOf();
  const first = await sender.send(probe(url), never);
  const second = await sender.send(probe(url, { name: 'a second request' }), never);

  expect(first.findings.map(({ id, request }) => [id, request])).toEqual([
    ['preflight-refused', 'the preflight of POST /pserver'],
  ]);
  expect(second.findings.map(({ request }) => request)).toEqual(['the preflight of a second request']);
  expect(second.answer?.status).toBe(200);
});

it('sends the access token to the queue alone, and none where there is none', async () => {
  const { url, arrived } = await record();
  const sender = senderOf();
  await sender.send(probe(url, { subject: 'linxo' }), never);
  await sender.send(probe(url, { subject: 'enrich', token: 'none' }), never);
  await sender.send(probe(url, { subject: 'ob', token: 'spoiled' }), never);

  const own = arrived.filter(({ method, headers }) => method !== 'OPTIONS' && headers.origin === ORIGIN);
  expect(own.map(({ headers }) => [headers.authorization, headers['authtoken']])).toEqual([
    [`Bearer ${TOKENS.accessToken}`, undefined],
    [undefined, undefined],
    [undefined, SPOILED_TOKEN],
  ]);
});

it('asks once for each subject what another origin gets, without a valid token and without a cookie', async () => {
  const headers = { 'access-control-allow-credentials': 'true' };
  const { url, arrived } = await record({ answer: { headers } });
  const sender = senderOf({ cookie: 'session=1', credentials: true });
  await sender.send(probe(url), never);
  await sender.send(probe(url), never);
  await sender.send(probe(url, { subject: 'enrich' }), never);

  const strangers = arrived.filter(({ headers }) => headers.origin === 'https://doctor.invalid');
  expect(strangers).toHaveLength(2);
  expect(JSON.stringify(strangers.map(({ rawHeaders }) => rawHeaders))).not.toMatch(
    /of-somebody|session|bank\.example/,
  );
});

it('makes no second queue where the gateway adds the token', async () => {
  const { url, arrived } = await record();
  const sender = senderOf();
  await sender.send(probe(url, { subject: 'linxo', token: 'none' }), never);
  expect(arrived.filter(({ method }) => method === 'POST')).toHaveLength(1);

  await sender.send(probe(url, { subject: 'linxo', token: 'none', method: 'GET', body: undefined }), never);
  expect(arrived.filter(({ method }) => method === 'GET')).toHaveLength(2);
});

it('needs no preflight for a read without headers', async () => {
  const { url, arrived } = await record({ preflight: { status: 500 } });
  const { findings } = await sendTo(url, { method: 'GET', body: undefined, token: 'none' });

  expect(findings).toEqual([]);
  expect(arrived.map(({ method }) => method)).not.toContain('OPTIONS');
});

it('sends neither a preflight nor a request of a stranger to the page’s own origin, and reads all headers', async () => {
  const cors = {
    'access-control-allow-origin': undefined,
    'access-control-expose-headers': undefined,
    'x-own': '1',
  };
  const { url, arrived } = await record({ preflight: { status: 500 }, answer: { headers: cors } });
  const { findings, answer } = await sendTo(url, {}, { origin: new URL(url).origin, cookie: 'session=1' });

  expect(findings).toEqual([]);
  expect(answer?.header('x-own')).toEqual({ value: '1', isReadable: true });
  expect(arrived).toHaveLength(1);
  expect(arrived[0]?.headers).toMatchObject({ cookie: 'session=1', 'sec-fetch-site': 'same-origin' });
});

it.each(['null', 'capacitor://localhost'])('sends for a page of origin %s', async (origin) => {
  const headers = { 'access-control-allow-origin': origin };
  const { url, arrived } = await record({ preflight: { headers }, answer: { headers } });
  const { findings } = await sendTo(url, {}, { origin });

  expect(findings).toEqual([]);
  expect(arrived.map((request) => request.headers.origin).slice(0, 2)).toEqual([origin, origin]);
  expect(arrived[0]?.headers.referer).toBeUndefined();
});

it('follows no redirect, and shows only the origin of where it leads', async () => {
  const other = await record();
  const location = `${other.url}/secret-path?code=secret`;
  const { url } = await record({ answer: { status: 302, headers: { location } } });
  const exchange = await sendTo(url);

  expect(idsOf(exchange)).toEqual(['redirect']);
  expect(exchange.findings[0]?.seen).toBe(`It is a redirect (302) to "${new URL(other.url).origin}".`);
  expect(exchange.answer).toBeUndefined();
  expect(other.arrived).toEqual([]);
});

it('reports a preflight that is redirected as a redirect alone', async () => {
  const headers = { location: '/sign-in?marked', 'access-control-allow-origin': undefined };
  const { url } = await record({ preflight: { status: 307, headers } });
  const exchange = await sendTo(url);

  expect(idsOf(exchange)).toEqual(['redirect']);
  expect(exchange.findings[0]?.seen).toBe('It is a redirect (307) to another address of the same host.');
  expect(exchange.answer?.status).toBe(200);
});

it('sends nothing to an address of plain HTTP', async () => {
  const exchange = await sendTo('http://gateway.bank.example/pserver');
  expect(idsOf(exchange)).toEqual(['insecure-address']);
});

it('says of a server that answers requests, and no preflights, that it refuses those', async () => {
  const right = gateway();
  const url = await opened(
    serveLocally((request, response) =>
      request.method === 'OPTIONS' ? request.socket.destroy() : right(request, response),
    ),
  );
  const exchange = await sendTo(`${url}/pserver`);

  expect(idsOf(exchange)).toEqual(['preflight-refused']);
  expect(exchange.findings[0]?.seen).toMatch(/closed before there was an answer/);
  expect(exchange.answer?.status).toBe(200);
});

it('ends with the reason of its signal, and closes its connection', async () => {
  const closed: Promise<void>[] = [];
  const abort = new AbortController();
  const reason = new Error('enough');
  const url = await opened(
    serveLocally((request) => {
      closed.push(new Promise((resolve) => request.socket.on('close', resolve)));
      abort.abort(reason);
    }),
  );
  await expect(senderOf().send(probe(`${url}/pserver`), abort.signal)).rejects.toBe(reason);
  await expect(senderOf().send(probe(`${url}/pserver`), abort.signal)).rejects.toBe(reason);
  await Promise.all(closed);
  expect(closed).toHaveLength(1);
});

it('shows nothing of the secrets that a server sends back', async () => {
  const headers = {
    'access-control-allow-origin': `https://a.example/${TOKENS.authToken}?q=${TOKENS.accessToken}`,
  };
  const { url } = await record({
    preflight: { headers },
    answer: { headers: { ...headers, 'content-encoding': TOKENS.authToken } },
  });
  const { findings } = await sendTo(
    url,
    {},
    { cookie: 'session=12345', headers: [['x-key', 'key-of-bank']] },
  );

  expect(findings.map(({ id }) => id)).toEqual(['preflight-origin', 'preflight-headers', 'answer-origin']);
  expect(JSON.stringify(findings)).not.toMatch(/of-somebody|session=12345|key-of-bank|\?q=/);
});
