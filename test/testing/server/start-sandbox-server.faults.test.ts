import { type Agent, request } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { LogEntry } from '../../../src/testing/index.ts';
import type { SandboxServer } from '../../../src/testing/server/index.ts';
import { eventually } from '../../harness/eventually.ts';
import { send } from '../../harness/send.ts';
import { command, freshToken, serving, spoil } from './fixtures/serving.ts';

const COMMAND = { type: 'getNumberOfInsights' };
const REPLY = expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 });

async function log(server: SandboxServer): Promise<LogEntry[]> {
  return (await fetch(`${server.url}/sandbox/log`)).json();
}

/** The replies that are pushed to a page, one at a time. */
async function listening(server: SandboxServer): Promise<() => Promise<unknown>> {
  const response = await fetch(`${server.url}/sandbox/replies`);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  return async () => {
    for (;;) {
      const end = received.indexOf('\n\n');
      const message = received.slice(0, Math.max(end, 0));
      received = received.slice(message ? end + 2 : 0);
      if (message.startsWith('data: ')) return JSON.parse(message.slice(6));
      if (message) continue;
      const chunk = await reader?.read();
      if (!chunk || chunk.done) throw new Error('The stream has ended.');
      received += chunk.value;
    }
  };
}

test('a requested fault applies once', async () => {
  const server = await serving();
  await spoil(server, { kind: 'error', status: 503, body: 'html', retryAfter: 2 });

  const response = await command(server, COMMAND);

  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await response.text()).toMatch(/^<!doctype html>/);
  expect((await command(server, COMMAND)).status).toBe(200);
});

test('pending faults can be removed', async () => {
  const server = await serving();
  await spoil(server, { kind: 'error', probability: 1 });

  expect((await fetch(`${server.url}/sandbox/faults`, { method: 'DELETE' })).status).toBe(200);
  expect((await command(server, COMMAND)).status).toBe(200);
});

test.each([
  ['{"kind":"explode"}', 'The body\'s "kind" must be one of slow, error'],
  ['{', 'The body must be JSON.'],
  ['null', 'The body must be an object, not null.'],
  ['[]', 'The body must be an object, not an empty list.'],
])('%s is rejected with a reason', async (body, why) => {
  const server = await serving();

  const response = await fetch(`${server.url}/sandbox/faults`, { method: 'POST', body });

  expect(response.status).toBe(400);
  expect((await response.json()).statusMessage).toContain(why);
});

test('network: the connection closes without a byte', async () => {
  const server = await serving();
  await spoil(server, { kind: 'network' });
  const authToken = await freshToken(server);

  const answer = send(server, '/pserver/execute', {
    method: 'POST',
    headers: { authToken },
    body: JSON.stringify(COMMAND),
  });

  await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('connections are not reused, so that no browser repeats a failed request silently', async () => {
  const server = await serving();

  for (const path of ['/sandbox/log', '/nothing', '/session/token']) {
    expect((await send(server, path, { headers: { connection: 'keep-alive' } })).headers.connection).toBe(
      'close',
    );
  }
});

test('a client that disconnects is noticed: the server stops its work', async () => {
  const server = await serving();
  await spoil(server, { kind: 'slow', ms: 600_000 });
  const client = new AbortController();
  const answer = command(server, COMMAND, { signal: client.signal });
  await eventually(async () => (await log(server)).at(-1)?.fault).toBe('slow');

  client.abort();

  await expect(answer).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  // The status is known as soon as the wait ends; without the abort it would take ten minutes.
  await eventually(async () => (await log(server)).at(-1)?.status).toBe(200);
});

test('a client that disconnects within its body does no harm', async () => {
  const server = await serving();
  const authToken = await freshToken(server);
  const half = request(`${server.url}/pserver/execute`, {
    method: 'POST',
    headers: { authToken, 'content-length': '1000' },
    agent: false as unknown as Agent,
  });
  half.on('error', () => {});
  await new Promise<void>((resolve) => half.write('{"type":', () => resolve()));
  half.destroy();

  expect((await command(server, COMMAND)).status).toBe(200);
});

test('twice: the second reply comes over the push channel, to every page that listens', async () => {
  const server = await serving();
  const [one, other] = [await listening(server), await listening(server)];
  await spoil(server, { kind: 'twice', ms: 0 });

  const response = await command(server, COMMAND, { headers: { 'x-request-id': 'page.5' } });

  const push = { requestId: 'page.5', server: 'pserver', response: REPLY };
  expect(await response.json()).toEqual(REPLY);
  expect(await one()).toEqual(push);
  expect(await other()).toEqual(push);
});

test('late: the reply only comes over the push channel', async () => {
  const server = await serving();
  const next = await listening(server);
  await spoil(server, { kind: 'late', ms: 0 });
  const client = new AbortController();
  const answer = command(server, COMMAND, { headers: { 'x-request-id': '6' }, signal: client.signal });

  expect(await next()).toEqual({ requestId: '6', server: 'pserver', response: REPLY });
  client.abort();
  await expect(answer).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

test('a page that has stopped listening gets nothing', async () => {
  const server = await serving();
  const page = new AbortController();
  await fetch(`${server.url}/sandbox/replies`, { signal: page.signal });
  page.abort();
  const next = await listening(server);
  await spoil(server, { kind: 'twice', ms: 0 });

  await command(server, COMMAND, { headers: { 'x-request-id': '8' } });

  expect(await next()).toMatchObject({ requestId: '8' });
});

test('close ends everything at once: open requests, streams, and idle connections', async () => {
  const server = await serving();
  await spoil(server, { kind: 'never' });
  const silent = command(server, COMMAND).catch((error: unknown) => error);
  await eventually(async () => (await log(server)).at(-1)?.fault).toBe('never');
  const next = await listening(server);
  const idle = await connected(server.port);
  const ended = new Promise((resolve) => idle.once('close', resolve));

  await server.close();

  expect(await silent).toBeInstanceOf(TypeError);
  await expect(next()).rejects.toThrow();
  await ended;
  await expect(fetch(server.url)).rejects.toThrow(TypeError);
});

test('close drops the replies that wait to be pushed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const server = await serving();
  await spoil(server, { kind: 'twice', ms: 600_000 });
  await command(server, COMMAND, { headers: { 'x-request-id': '9' } });
  expect(vi.getTimerCount()).toBe(1);

  await server.close();

  expect(vi.getTimerCount()).toBe(0);
});

function connected(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => {});
  });
}
