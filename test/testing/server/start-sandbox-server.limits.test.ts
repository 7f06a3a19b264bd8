import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { type SandboxServer, startSandboxServer } from '../../../src/testing/server/index.ts';
import { eventually } from '../../harness/eventually.ts';
import { serving } from './fixtures/serving.ts';

/** Resolves with the status and the text of the answer. */
async function post({ url }: { url: string }, path: string, body: unknown): Promise<[number, string]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url + path, { method: 'POST', body: text });
  return [response.status, await response.text()];
}

function play(server: SandboxServer, steps: unknown): Promise<[number, string]> {
  return post(server, '/sandbox/synchronisations', { steps });
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Challenges within challenges. */
function nested(depth: number): string {
  const open = '[{"after":0,"challenge":{"within":0,"unanswered":[],"answered":';
  return `{"steps":${open.repeat(depth)}[]${'}}]'.repeat(depth)}}`;
}

/** What a page of this machine or a script can send, without the quotes of JSON. */
const TOO_MUCH: readonly (readonly [
  what: string,
  path: string,
  body: () => unknown,
  status: number,
  why: string,
])[] = [
  [
    '16,000 steps',
    '/sandbox/synchronisations',
    () => ({ steps: times(16_000, () => ({ after: 0, event: 'A' })) }),
    400,
    'a list of at most 1000 steps',
  ],
  [
    '1,001 steps, most of them after answers',
    '/sandbox/synchronisations',
    () => ({
      steps: times(7, () => ({
        after: 0,
        challenge: { within: 0, answered: times(150, () => ({ after: 0 })), unanswered: [] },
      })),
    }),
    400,
    'at most 1000 steps',
  ],
  [
    '400,000 steps that are none',
    '/sandbox/synchronisations',
    () => `{"steps":[${'0,'.repeat(400_000)}0]}`,
    400,
    'a list of at most 1000 steps',
  ],
  ['challenges within challenges', '/sandbox/synchronisations', () => nested(11), 400, 'at most 10 deep'],
  [
    'more of them than can be read',
    '/sandbox/synchronisations',
    () => nested(14_000),
    400,
    'at most 10 deep',
  ],
  [
    'accounts in every step',
    '/sandbox/synchronisations',
    () => ({ steps: times(11, () => ({ after: 0, event: 'LIST_ACCOUNTS', accounts: 1_000 })) }),
    400,
    'at most 10000 accounts',
  ],
  [
    'accounts that nest without end',
    '/sandbox/synchronisations',
    () => `{"steps":[{"after":0,"accounts":[${'['.repeat(200_000)}${']'.repeat(200_000)}]}]}`,
    400,
    'accounts',
  ],
  [
    'a long name',
    '/sandbox/synchronisations',
    () => ({ name: 'x'.repeat(201) }),
    400,
    '200 characters at most',
  ],
  [
    'a long event',
    '/sandbox/synchronisations',
    () => ({ steps: [{ after: 0, event: 'x'.repeat(900_000) }] }),
    400,
    '200 characters at most',
  ],
  [
    'a long name of a field',
    '/sandbox/synchronisations',
    () => ({ ['x'.repeat(900_000)]: 1 }),
    400,
    'is not known',
  ],
  [
    'a step in a thousand years',
    '/sandbox/synchronisations',
    () => ({ steps: [{ after: 4e13, event: 'A' }] }),
    400,
    'milliseconds, 315360000000 at most',
  ],
  [
    'a fault of a long type',
    '/sandbox/faults',
    () => ({ kind: 'never', type: 'x'.repeat(201) }),
    400,
    '200 characters at most',
  ],
  [
    'a jump of the clock beyond all dates',
    '/sandbox/clock',
    () => ({ ms: 1e300 }),
    400,
    'milliseconds, 315360000000 at most',
  ],
  [
    'a body of more than a megabyte',
    '/sandbox/faults',
    () => 'x'.repeat(1_000_001),
    413,
    'limit of a body is 1000000 bytes',
  ],
];

describe('the sandbox’s server', () => {
  describe('beyond its limits', () => {
    let server: SandboxServer;

    // One server for all: each test also proves that it still runs.
    beforeAll(async () => {
      server = await startSandboxServer({ port: 0 });
      return () => server.close();
    });

    it.each(TOO_MUCH)(
      'refuses %s, names the limit briefly, and keeps running',
      async (_what, path, body, status, why) => {
        const [actual, words] = await post(server, path, body());
        expect([actual, words.slice(0, 500)]).toEqual([status, expect.stringContaining(why)]);
        expect(words.length).toBeLessThan(500);
        expect((await post(server, '/sandbox/synchronisations', {}))[0]).toBe(201);
        expect((await post(server, '/sandbox/clock', { ms: 1 }))[0]).toBe(200);
      },
    );
  });

  it('accepts values at the limits', async () => {
    const server = await serving();
    const some = { after: 1, event: 'LIST_ACCOUNTS', accounts: 10 };
    expect(
      (
        await play(
          server,
          times(1_000, () => some),
        )
      )[0],
    ).toBe(201);
    expect((await post(server, '/sandbox/synchronisations', nested(10)))[0]).toBe(201);
    expect((await post(server, '/sandbox/synchronisations', { name: 'x'.repeat(200) }))[0]).toBe(201);
    await post(server, '/sandbox/clock', { ms: 10_000 });
    const listed = server.sandbox.linxo.published.filter(({ event }) => event.accounts?.length === 10);
    expect(listed).toHaveLength(1_000);
  });

  it('refuses more than a thousand pending faults', async () => {
    const server = await serving();
    for (let count = 0; count < 1_000; count += 1) server.sandbox.fault({ kind: 'never' });
    expect(await post(server, '/sandbox/faults', { kind: 'never' })).toEqual([
      429,
      expect.stringContaining('The limit of 1000 faults'),
    ]);
    await fetch(`${server.url}/sandbox/faults`, { method: 'DELETE' });
    expect((await post(server, '/sandbox/faults', { kind: 'never' }))[0]).toBe(200);
  });

  it('refuses more than ten thousand connections, and more than twenty thousand running steps', async () => {
    const server = await serving();
    const steps = times(1_000, () => ({ after: 1_000, event: 'A' }));
    for (let count = 0; count < 20; count += 1) expect((await play(server, steps))[0]).toBe(201);
    expect(await play(server, steps)).toEqual([429, expect.stringContaining('20000 steps')]);
    // A script that replaces the one of its connection does not count twice.
    const again = { connectionId: 'connection-1', steps };
    expect((await post(server, '/sandbox/synchronisations', again))[0]).toBe(201);

    for (let count = 21; count < 10_000; count += 1) server.sandbox.linxo.addConnection();
    expect(await post(server, '/sandbox/synchronisations', {})).toEqual([
      429,
      expect.stringContaining('10000 connections'),
    ]);
  });

  it('refuses more than ten thousand queues', async () => {
    const server = await serving();
    for (let count = 0; count < 10_000; count += 1) server.sandbox.linxo.subscribe();
    const [status, words] = await post(
      server,
      '/gateway/linxo/queues/subscribe',
      '{"topics":["connections"]}',
    );
    expect([status, words]).toEqual([429, expect.stringContaining('10000 queues')]);
    server.sandbox.linxo.killQueue();
    expect((await post(server, '/gateway/linxo/queues/subscribe', '{"topics":["connections"]}'))[0]).toBe(
      201,
    );
  });

  it('keeps at most twenty streams of replies open', async () => {
    const server = await serving();
    const streams = await Promise.all(times(20, () => fetch(`${server.url}/sandbox/replies`)));
    const one = await fetch(`${server.url}/sandbox/replies`);
    expect([one.status, await one.text()]).toEqual([429, expect.stringContaining('20 streams')]);
    for (const { body } of streams) await body?.cancel();
    await eventually(async () => {
      const { status, body } = await fetch(`${server.url}/sandbox/replies`);
      await body?.cancel();
      return status;
    }).toBe(200);
  });

  it('answers at most two hundred requests at once', async () => {
    let asked = 0;
    const pages = ({ url, signal }: Request) => {
      if (!url.endsWith('/slow')) return new Response('A page');
      asked += 1;
      return new Promise<Response>((resolve) => {
        signal.addEventListener('abort', () => resolve(Response.error()));
      });
    };
    const server = await serving({ pages });
    const sockets = times(200, () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
      return socket;
    });
    await eventually(() => asked).toBe(200);
    const [status, words] = await post(server, '/sandbox/clock', { ms: 1 });
    expect([status, words]).toEqual([429, expect.stringContaining('200 requests')]);
    for (const socket of sockets) socket.destroy();
    await eventually(async () => (await post(server, '/sandbox/clock', { ms: 1 }))[0]).toBe(200);
  });

  it('limits the size of published events', async () => {
    const server = await serving();
    const { linxo } = server.sandbox;
    const queue = linxo.subscribe();
    const script = times(10, () => ({ after: 0, event: 'LIST_ACCOUNTS', accounts: 1_000 }));
    const { id } = linxo.addConnection();
    for (let count = 0; count < 24; count += 1) linxo.synchronise(id, script);
    // They are alike: the size of one shows the size of all.
    const sizeOf = (events: readonly unknown[]) => events.length * JSON.stringify(events[0]).length;
    expect(sizeOf(linxo.published.map(({ event }) => event))).toBeLessThan(25_000_000);
    const answer = linxo.read(queue);
    const events = answer.status === 200 ? answer.events : [];
    expect(sizeOf(events)).toBeLessThan(25_000_000);
    expect(events.length).toBeGreaterThan(100);
  });

  it('limits the size of the user’s events', async () => {
    const server = await serving();
    const eventsInfoList = ['x'.repeat(900_000)];
    for (let count = 0; count < 6; count += 1)
      expect((await post(server, '/gateway/pserver', { type: 'sendEvents', eventsInfoList }))[0]).toBe(200);
    expect(server.sandbox.pserver.events).toHaveLength(5);
  });

  it('keeps only the beginning of a long request type', async () => {
    const server = await serving();
    await post(server, '/gateway/pserver', { type: 'x'.repeat(900_000) });
    expect(server.sandbox.log.map(({ type }) => type?.length ?? 0)).toEqual([80]);
  });
});
