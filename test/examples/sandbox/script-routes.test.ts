import { expect, test } from 'vitest';
import { send } from '../../harness/send.ts';
import { serving } from './fixtures/serving.ts';

const path = '/sandbox/scripts';
const sameSite = { 'sec-fetch-site': 'same-origin' };

test('a script that was handed in can be loaded once', async () => {
  const server = await serving();
  const body = 'personetics.handlePServerResponse("žÓłw", "1");true;';
  const kept = await send(server, path, { method: 'POST', body, headers: sameSite });
  expect(kept.status).toBe(201);

  const { path: place } = JSON.parse(kept.body);
  const loaded = await send(server, place);
  expect(loaded).toMatchObject({ status: 200, body });
  expect(loaded.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect((await send(server, place)).status).toBe(404);
  expect((await send(server, path)).status).toBe(404);
});

test('a script of another site is not taken', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  expect((await send(await serving(), path, { method: 'POST', body: 'alert(1)', headers })).status).toBe(403);
});

test('of scripts that nobody loads, the last hundred are kept', async () => {
  const server = await serving();
  const keep = async (body: string): Promise<string> =>
    JSON.parse((await send(server, path, { method: 'POST', body })).body).path;
  const [first = '', second = ''] = [await keep('0;'), await keep('1;')];
  await Promise.all(Array.from({ length: 99 }, (_, index) => keep(`${index + 2};`)));
  expect((await send(server, first)).status).toBe(404);
  expect((await send(server, second)).body).toBe('1;');
});

test('against real end points there is none', async () => {
  const env = { BANKSIDE_PSERVER_URL: 'https://bank.example/pserver', BANKSIDE_AUTH: 'gateway' };
  const server = await serving({ env });
  expect((await send(server, path, { method: 'POST', body: '1;' })).status).not.toBe(201);
});
