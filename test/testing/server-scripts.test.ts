import { expect, test } from 'vitest';
import { send, serving } from './serving.ts';

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
  const places = [];
  for (let i = 0; i <= 100; i++) {
    places.push(JSON.parse((await send(server, path, { method: 'POST', body: `${i};` })).body).path);
  }
  expect((await send(server, places[0])).status).toBe(404);
  expect((await send(server, places[1])).body).toBe('1;');
});

test('against real end points there is none', async () => {
  const env = { BANKSIDE_PSERVER_URL: 'https://bank.example/pserver', BANKSIDE_AUTH: 'gateway' };
  const server = await serving({ env });
  expect((await send(server, path, { method: 'POST', body: '1;' })).status).not.toBe(201);
});
