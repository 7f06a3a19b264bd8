import { describe, expect, test, vi } from 'vitest';
import { asBase64 } from '../../src/index.ts';
import { scriptAnswers } from './answer-script.ts';
import { READ, WRITE, wire } from './wire.ts';

describe('a round trip', () => {
  test('T1 sends token, headers and body, and returns the answer', async () => {
    const script = await scriptAnswers({ body: '{"ok":true,"text":"Żółć 🏦"}' });
    const { ask } = wire(script, { headers: { bankId: '42' }, widgetHeaders: ['x-trace'] });

    expect(
      await ask({ type: 'getInsights', text: 'Żółć 🏦' }, { 'x-trace': '7', authToken: 'evil' }),
    ).toEqual({
      ok: true,
      text: 'Żółć 🏦',
    });

    expect(await script.arrivals()).toMatchObject([
      {
        method: 'POST',
        path: expect.stringMatching(/\/pserver$/),
        headers: { authtoken: 'token-1', bankid: '42', 'x-trace': '7', 'content-type': 'application/json' },
        body: '{"type":"getInsights","text":"Żółć 🏦"}',
      },
    ]);
  });

  test.each([
    ['Base64', { body: asBase64({ ok: true, text: 'Żółć 🏦' }) }, { ok: true, text: 'Żółć 🏦' }],
    ['an empty body', { body: '' }, { ok: true, status: '200' }],
    ['a 204', { status: 204, body: '' }, { ok: true, status: '200' }],
    [
      'JSON with a content-type of Latin-1',
      { body: '{"text":"ü"}', headers: { 'content-type': 'text/plain; charset=iso-8859-1' } },
      { text: 'ü' },
    ],
  ])('B11 an answer that is %s', async (_form, step, parsed) => {
    expect(await wire(await scriptAnswers(step)).ask(READ)).toEqual(parsed);
  });

  test('B5 a string is sent byte for byte, and so is a lone surrogate in an object', async () => {
    const script = await scriptAnswers();
    const { bridge } = wire(script);
    const text = '{ "type" : "getInsights", "n":1.50, "text":"👩‍👩‍👧\u2028" }';

    await bridge.send('pserver', text);
    await bridge.send('pserver', { text: 'a\ud83c' });

    expect((await script.arrivals()).map(({ body }) => body)).toEqual([text, '{"text":"a\\ud83c"}']);
  });

  test('B11 sends and receives a megabyte', async () => {
    const text = '🏦ü'.repeat(170_000);
    const script = await scriptAnswers({ body: JSON.stringify({ ok: true, text }) });

    expect(await wire(script).ask({ type: 'getInsights', text })).toEqual({ ok: true, text });

    expect((await script.arrivals())[0]?.body).toBe(JSON.stringify({ type: 'getInsights', text }));
  });

  test('B10 sends a hundred requests at once, over few connections', async () => {
    const { bridge } = wire(await scriptAnswers());

    const replies = await Promise.all(Array.from({ length: 100 }, () => bridge.send('pserver', READ)));

    expect(replies).toEqual(Array(100).fill({ ok: true }));
    expect(bridge.getSnapshot().pending).toEqual([]);
  });
});

describe('redirects', () => {
  test.each([302, 307])(
    'T1 a %i is refused, although the page cannot see it: no other server receives anything',
    async (status) => {
      const elsewhere = await scriptAnswers();
      const script = await scriptAnswers({ status, headers: { location: elsewhere.address('thief') } });
      const { bridge } = wire(script);

      await expect(bridge.send('pserver', READ)).rejects.toMatchObject({
        code: 'HTTP',
        message: expect.stringContaining('redirect'),
        details: { status: 0, server: 'pserver', type: 'getInsights' },
      });

      expect(await elsewhere.arrivals()).toEqual([]);
      expect(await script.arrivals()).toHaveLength(1);
    },
  );
});

describe('the connection closes with the request', () => {
  test('B6 a timeout', async () => {
    const script = await scriptAnswers({ end: 'never' });
    const { bridge } = wire(script);

    // On a slow machine a request may time out before it arrives. The next one has more time.
    for (let timeout = 250; !(await script.arrivals()).some(({ aborted }) => aborted); timeout *= 2) {
      await expect(bridge.send('pserver', READ, { timeout })).rejects.toMatchObject({ code: 'TIMEOUT' });
    }
  });

  test.each(['abort', 'dispose'])('B9 %s', async (end) => {
    const script = await scriptAnswers({ end: 'never' });
    const { bridge } = wire(script);
    const controller = new AbortController();
    const sending = bridge.send('pserver', READ, { signal: controller.signal });
    const code = end === 'abort' ? 'ABORTED' : 'DISPOSED';
    const rejected = expect(sending).rejects.toMatchObject({ code });
    await script.until((arrivals) => arrivals.length === 1);

    if (end === 'abort') controller.abort();
    else bridge.dispose();

    await rejected;
    await script.until(([arrival]) => arrival?.aborted === true);
    expect(await script.arrivals()).toHaveLength(1);
  });
});

describe('tokens and repeats', () => {
  test('T2 five refused requests lead to one refresh, and each is replayed once', async () => {
    const script = await scriptAnswers({ accepts: 'fresh' });
    const authToken = vi.fn(({ rejected }: { rejected: string | undefined }) =>
      rejected ? 'fresh' : 'stale',
    );
    const { bridge } = wire(script, { authToken });

    const replies = await Promise.all(Array.from({ length: 5 }, () => bridge.send('pserver', WRITE)));

    expect(replies).toEqual(Array(5).fill({ ok: true }));
    expect(authToken.mock.calls.filter(([{ rejected }]) => rejected !== undefined)).toHaveLength(1);
    const tokens = (await script.arrivals()).map(({ headers }) => headers['authtoken']);
    expect(tokens.filter((token) => token === 'stale')).toHaveLength(5);
    expect(tokens.filter((token) => token === 'fresh')).toHaveLength(5);
  });

  test('T3 a truncated answer is retried, if that is safe', async () => {
    const half = { end: 'half', body: '{"ok":', headers: { 'content-length': '1000' } } as const;
    const script = await scriptAnswers(half, {});

    expect(await wire(script).bridge.send('pserver', READ)).toEqual({ ok: true });

    expect(await script.arrivals()).toHaveLength(2);
  });

  test('T3 a truncated answer to another command is a failure, and the request is sent once', async () => {
    const script = await scriptAnswers({
      end: 'half',
      body: '{"ok":',
      headers: { 'content-length': '1000' },
    });

    await expect(wire(script).bridge.send('pserver', WRITE)).rejects.toMatchObject({ code: 'NETWORK' });

    expect(await script.arrivals()).toHaveLength(1);
  });

  test.each([
    ['hidden by CORS is ignored', {}, 2],
    [
      'exposed and beyond the deadline prevents the retry',
      { 'access-control-expose-headers': 'retry-after' },
      1,
    ],
  ])('T3 a Retry-After that is %s', async (_what, headers, count) => {
    const busy = { status: 503, body: '', headers: { 'retry-after': '3600', ...headers } };
    const script = await scriptAnswers(busy, busy);
    const { bridge } = wire(script, { retry: { limit: 1 } });

    await expect(bridge.send('pserver', READ)).rejects.toMatchObject({
      code: 'HTTP',
      details: { status: 503 },
    });

    expect(await script.arrivals()).toHaveLength(count);
  });
});

test('T1 a relative address is resolved against the page', async () => {
  const urls: string[] = [];
  const fetch = async (address: string): Promise<Response> => {
    urls.push(address);
    return Response.json({ ok: true });
  };
  const { bridge } = wire(await scriptAnswers(), { endpoints: { pserver: '/api/pserver' }, fetch });

  await bridge.send('pserver', READ);

  expect(urls).toEqual([`${location.origin}/api/pserver`]);
});
