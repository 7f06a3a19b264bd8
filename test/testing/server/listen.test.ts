import { EventEmitter, once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../src/testing/server/listen.ts';
import { serving } from './fixtures/serving.ts';

async function taken(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

test('ports are tried in order', async () => {
  const first = await serving();
  const second = await serving({ port: first.port });
  const third = await serving({ port: first.port });

  expect(second.port).toBeGreaterThan(first.port);
  expect(third.port).toBeGreaterThan(second.port);
});

test('the last port has no next one', async () => {
  await taken(65_535);

  await expect(serving({ port: 65_535 })).rejects.toThrow('All ports from 65535 to 65535 are taken.');
});

test('an address of another machine is an error, not a taken port', async () => {
  await expect(serving({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
});

/** A server of a machine that refuses ports up to this one with `EACCES`. */
function refusedUpTo(last: number): HttpServer {
  const server = new EventEmitter();
  let port = 0;
  const listen = (wanted: number) => {
    port = wanted;
    const refusal = Object.assign(new Error('listen EACCES'), { code: 'EACCES' });
    queueMicrotask(() => (port > last ? server.emit('listening') : server.emit('error', refusal)));
    return server;
  };
  return Object.assign(server, { listen, address: () => ({ port }) }) as unknown as HttpServer;
}

test('a port that Windows reserves counts as taken', async () => {
  const place = { host: '127.0.0.1', attempts: 50 };
  expect(await listen(refusedUpTo(4_175), { ...place, port: 4_173 })).toBe(4_176);
});

test('a port that needs administrator rights is an error', async () => {
  const place = { host: '127.0.0.1', attempts: 50 };
  await expect(listen(refusedUpTo(80), { ...place, port: 80 })).rejects.toMatchObject({ code: 'EACCES' });
});
