import { describe, expect, test, vi } from 'vitest';
import { until } from '../fixtures/ask.ts';
import { client, spoilt, TOPICS, typesOf } from './fixtures/client.ts';

describe('faults of all servers', () => {
  test('slow: the request is carried out at once, the answer is delayed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { read, queue, sandbox } = await spoilt({ kind: 'slow', ms: 500 });

    const answer = read(queue);
    await until(() => vi.getTimerCount() === 1);
    expect(sandbox.linxo.queues()).toMatchObject([{ held: 0 }]);
    vi.advanceTimersByTime(500);
    expect(typesOf(await (await answer).json())).toEqual(['A', 'B']);
    vi.useRealTimers();
  });

  test('never: the request is carried out, and there is no answer until the client disconnects', async () => {
    const { read, queue, sandbox } = await spoilt({ kind: 'never' });
    const page = new AbortController();

    const answer = read(queue, { signal: page.signal });
    await until(() => sandbox.linxo.queues()[0]?.held === 0);
    page.abort();
    expect((await answer).type).toBe('error');
  });

  test.each(['network', 'garbage', 'error', 'stale-token'] as const)(
    '%s: the request is not carried out',
    async (kind) => {
      const { read, queue, sandbox } = await spoilt({ kind });

      const response = await read(queue);

      expect(sandbox.linxo.queues()).toMatchObject([{ held: 2 }]);
      expect([response.type, response.status]).toEqual(
        {
          network: ['error', 0],
          garbage: ['default', 200],
          error: ['default', 500],
          'stale-token': ['default', 401],
        }[kind],
      );
    },
  );

  test('garbage: 200 with HTML', async () => {
    const { read, queue } = await spoilt({ kind: 'garbage' });

    expect(await (await read(queue)).text()).toMatch(/^<!doctype html>/);
  });

  test.each([
    [{ retryAfter: 30 }, '30'],
    [{ retryAfter: 30, retryAfterForm: 'date' }, 'Mon, 01 Mar 2027 09:00:30 GMT'],
    [{ retryAfter: 120, retryAfterForm: 'seconds' }, '120'],
    [{ retryAfter: 120, retryAfterForm: 'decimal' }, '120.0'],
    [{ retryAfter: 120, retryAfterForm: 'twice' }, '120, 120'],
    [{ retryAfter: 120, retryAfterForm: 'past' }, 'Mon, 01 Mar 2027 08:58:00 GMT'],
    [{ retryAfter: 120, retryAfterForm: 'unix' }, String(Date.UTC(2027, 2, 1, 9, 2) / 1_000)],
    [{ retryAfterForm: 'unix' }, null],
    [{ retryAfterForm: 'garbage' }, 'when the moon is full'],
    [{}, null],
  ] as const)('error: %j is Retry-After %s', async (fields, header) => {
    const { read, queue } = await spoilt({ kind: 'error', status: 429, ...fields });

    const response = await read(queue);

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe(header);
  });

  test.each([
    ['date', 'Mon, 01 Mar 2027 09:00:02 GMT'],
    ['unix', String(Date.UTC(2027, 2, 1, 9, 0, 2) / 1_000)],
    ['past', 'Mon, 01 Mar 2027 08:59:59 GMT'],
  ] as const)('error: a %s is rounded so that it is never too early, or not past', async (form, header) => {
    const page = await spoilt({ kind: 'error', retryAfter: 1, retryAfterForm: form });
    page.pass(1);

    expect((await page.read(page.queue)).headers.get('retry-after')).toBe(header);
  });

  test('stale-token: the token of this request is revoked, a fresh one is good', async () => {
    const { read, queue, sandbox } = await spoilt({ kind: 'stale-token' });

    expect((await read(queue)).status).toBe(401);
    expect((await read(queue)).status).toBe(401);
    const headers = { authorization: `Bearer ${sandbox.issueAccessToken()}` };
    expect((await read(queue, { headers })).status).toBe(200);
  });
});

describe('faults of the queue only', () => {
  test('lost: a network error, and the events are removed', async () => {
    const { read, queue } = await spoilt({ kind: 'lost' });

    expect((await read(queue)).type).toBe('error');
    expect((await read(queue)).status).toBe(204);
  });

  test('lost: if reads remove nothing, the events come with the next read', async () => {
    const { read, events, queue } = await spoilt({ kind: 'lost' }, { linxo: { reads: 'repeatable' } });

    expect((await read(queue)).type).toBe('error');
    expect(typesOf(await events(queue))).toEqual(['A', 'B']);
  });

  test('lost: a subscription creates a queue that the client does not know', async () => {
    const { call, sandbox } = await spoilt({ kind: 'lost', type: 'subscribe' });

    expect((await call('POST', '/linxo/queues/subscribe', { body: TOPICS })).type).toBe('error');
    expect(sandbox.linxo.queues()).toHaveLength(2);
  });

  test('silently-lost: status 204, and the events are removed', async () => {
    const { read, queue } = await spoilt({ kind: 'silently-lost' });

    const response = await read(queue);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect((await read(queue)).status).toBe(204);
  });

  test('truncated: incomplete JSON, and the events are removed', async () => {
    const { read, queue } = await spoilt({ kind: 'truncated' });

    const response = await read(queue);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toMatch(/^\[\{"id":/);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect((await read(queue)).status).toBe(204);
  });

  test('truncated: also for a connection', async () => {
    const { call } = await spoilt({ kind: 'truncated', type: 'connection' });

    await expect((await call('GET', '/linxo/connections/connection-1')).json()).rejects.toThrow(SyntaxError);
  });

  test('duplicate: events come twice in a batch, and again in the next one, before the new ones', async () => {
    const { events, queue, happen } = await spoilt({ kind: 'duplicate' });

    const batch = await events(queue);
    expect(typesOf(batch)).toEqual(['A', 'B', 'A', 'B']);
    expect(batch.slice(2)).toEqual(batch.slice(0, 2));
    happen('C');
    const next = await events(queue);
    expect(typesOf(next)).toEqual(['A', 'B', 'C']);
    expect(next.slice(0, 2)).toEqual(batch.slice(0, 2));
    expect(await events(queue)).toEqual([]);
  });

  test('malformed: a malformed event is among the others, and none of those is lost', async () => {
    const broken = new Set<string>();
    for (let seed = 1; seed <= 40; seed += 1) {
      const { events, queue } = await spoilt({ kind: 'malformed' }, { seed });
      const batch: readonly unknown[] = await events(queue);
      const good = batch.filter((event) => ['A', 'B'].includes(Object(event).event_type));
      expect(typesOf(good as never)).toEqual(['A', 'B']);
      expect(batch).toHaveLength(3);
      const odd = batch.findIndex((event) => !good.includes(event));
      broken.add(`${odd} ${JSON.stringify(batch[odd])}`);
      expect(await events(queue)).toEqual([]);
    }

    expect(broken.size).toBeGreaterThan(6);
  });

  test('burst: many further complete events of an unknown type, in the same batch', async () => {
    const { events, queue } = await spoilt({ kind: 'burst', events: 1_200 });

    const batch = await events(queue);
    expect(typesOf(batch.slice(0, 3))).toEqual(['A', 'B', 'SANDBOX_BURST']);
    expect(batch).toHaveLength(1_202);
    expect(new Set(batch.map(({ id }) => id)).size).toBe(1_202);
    expect(batch.at(-1)).toMatchObject({ resource_type: 'CONNECTION', resource: { id: 'connection-1' } });
  });

  test('burst: 500 by default, also for a user without connections', async () => {
    const { call, sandbox } = client();
    const authorization = `Bearer ${sandbox.issueAccessToken({ user: 'ada' })}`;
    const queue = sandbox.linxo.subscribe('ada');
    sandbox.fault({ kind: 'burst' });

    const response = await call('GET', `/linxo/queues/${queue}`, { headers: { authorization } });

    expect(await response.json()).toHaveLength(500);
  });

  test('gone: the queue expires with this read, others do not', async () => {
    const { read, queue, subscribe } = await spoilt({ kind: 'gone' });
    const other = await subscribe();

    expect((await read(queue)).status).toBe(404);
    expect((await read(queue)).status).toBe(404);
    expect((await read(other)).status).toBe(204);
  });
});
