import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { drive, until, useClock } from '../fixtures/clock.ts';
import { listening } from '../fixtures/listening.ts';

// What only a real connection shows.
useClock();

const halfAnAnswer = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': 1_000 }).write('{"ok":', () => response.destroy());
};

test('T3 an answer that breaks off is asked for again', async () => {
  const server = await listening((response, count) =>
    count === 1 ? halfAnAnswer(response) : response.end('{"ok":true}'),
  );

  const { ask } = bridgeOverHttp({ endpoints: { pserver: server.url } }, { timeout: false });

  expect(await drive(ask(READ))).toEqual({ ok: true });

  expect(server.arrivals.map(({ body }) => body)).toEqual([
    '{"type":"getInsights"}',
    '{"type":"getInsights"}',
  ]);
});

test.each([
  ['an answer that breaks off', halfAnAnswer],
  ['a connection that closes without one', (response: ServerResponse) => response.destroy()],
])('T3 %s, to a command that may have had its effect: one failure, sent once', async (_what, answer) => {
  const server = await listening(answer);
  const wired = bridgeOverHttp({ endpoints: { pserver: server.url } });

  expect(await wired.ask(WRITE)).toEqual(FAILED);

  expect(server.arrivals).toHaveLength(1);
  expect(wired.error).toMatchObject({ code: 'NETWORK', details: { server: 'pserver' } });
});

test('T4 nobody there: NETWORK', async () => {
  const wired = bridgeOverHttp({ endpoints: { pserver: 'http://127.0.0.1:1/' } });

  expect(await wired.ask(WRITE)).toEqual(FAILED);

  expect(wired.error).toMatchObject({ code: 'NETWORK', details: { server: 'pserver' } });
});

test('T1 the header goes over the wire as it was given', async () => {
  const server = await listening((response) => response.end('{"ok":true}'));

  const headers = { 'x-trace': 'ü' };
  await bridgeOverHttp({ endpoints: { pserver: server.url }, authToken: 'a b+/=~!', headers }).ask(WRITE);

  expect(server.arrivals[0]?.headers).toMatchObject({ authtoken: 'a b+/=~!', 'x-trace': 'ü' });
});

test.each(['timeout', 'abort', 'dispose'])('B6 %s ends the connection, not only the wait', async (end) => {
  let isClosed = false;
  const server = await listening((response) => {
    response.once('close', () => {
      isClosed = true;
    });
  });
  const { bridge } = bridgeOverHttp({ endpoints: { pserver: server.url } }, { timeout: 30_000 });
  const leaver = new AbortController();
  const asking = bridge.send('pserver', READ, { signal: leaver.signal });
  asking.catch(() => {});
  await until(() => server.arrivals.length === 1);
  expect(isClosed).toBe(false);

  if (end === 'timeout') vi.advanceTimersByTime(30_000);
  else if (end === 'abort') leaver.abort();
  else bridge.dispose();

  await until(() => isClosed);
  await expect(asking).rejects.toThrow();
  expect(server.arrivals).toHaveLength(1);
});
