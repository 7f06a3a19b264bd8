import { expect, test, vi } from 'vitest';
import { bridgeOverHttp, FAILED, READ, WRITE } from '../fixtures/bridge-over-http.ts';
import { listening } from '../fixtures/listening.ts';

/** Where the token must never get to. */
const elsewhere = () => listening((response) => response.end('{"ok":true,"stolen":true}'));

test.each([301, 302, 303, 307, 308])(
  'T1 a %i to another origin is not followed: that origin receives nothing',
  async (status) => {
    const thief = await elsewhere();
    const bank = await listening((response) => {
      response.writeHead(status, { location: thief.url }).end();
    });
    const wired = bridgeOverHttp({ endpoints: { pserver: bank.url } });

    expect(await wired.ask(WRITE)).toEqual(FAILED);

    expect(thief.arrivals).toEqual([]);
    expect(bank.arrivals).toHaveLength(1);
    expect(wired.error).toMatchObject({
      code: 'HTTP',
      message: expect.stringContaining('redirect'),
      details: { status, server: 'pserver', type: 'rateInsight', requestId: 'id-1' },
    });
    expect(wired.error.message).not.toContain(thief.url);
  },
);

test('T1 nor is one to another address of the same origin', async () => {
  const bank = await listening((response) => response.writeHead(307, { location: '/login' }).end());

  expect(await bridgeOverHttp({ endpoints: { pserver: bank.url } }).ask(WRITE)).toEqual(FAILED);

  expect(bank.arrivals).toHaveLength(1);
});

test('T3 a redirect is an answer and no failure of the network: a command that may be repeated is not', async () => {
  const bank = await listening((response) => response.writeHead(302, { location: '/login' }).end());
  const wired = bridgeOverHttp({ endpoints: { pserver: bank.url } });

  await wired.ask(READ);

  expect(bank.arrivals).toHaveLength(1);
  expect(wired.error).toMatchObject({ code: 'HTTP', details: { status: 302 } });
});

test('T1 a redirect in answer to the replay after a 401 gets no fresh token', async () => {
  const thief = await elsewhere();
  const bank = await listening((response, count) => {
    if (count === 1) response.writeHead(401).end();
    else response.writeHead(307, { location: thief.url }).end();
  });
  const authToken = vi.fn(({ rejected }: { rejected: string | undefined }) => (rejected ? 'fresh' : 'stale'));
  const wired = bridgeOverHttp({ endpoints: { pserver: bank.url }, authToken });

  await wired.ask(WRITE);

  expect(thief.arrivals).toEqual([]);
  expect(bank.arrivals.map(({ headers }) => headers['authtoken'])).toEqual(['stale', 'fresh']);
  expect(wired.error.code).toBe('HTTP');
});

test('T1 a redirect that a browser hides has status 0', async () => {
  const hidden = Object.defineProperties(new Response(null), {
    type: { value: 'opaqueredirect' },
    status: { value: 0 },
    ok: { value: false },
  });
  const wired = bridgeOverHttp({ fetch: async () => hidden });

  await wired.ask(READ);

  expect(wired.error).toMatchObject({
    code: 'HTTP',
    message: expect.stringContaining('redirect'),
    details: { status: 0 },
  });
});
