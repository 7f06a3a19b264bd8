import { expect, test } from 'vitest';
import { openRoom } from './room.ts';
import { READ, WRITE, wire } from './wire.ts';

test('T4 an error answer that is a reply reaches the widget', async () => {
  const refusal = { ok: false, status: '409', statusMessage: 'Rated already' };
  const { ask } = wire(await openRoom({ status: 409, body: JSON.stringify(refusal) }));

  expect(await ask(WRITE)).toEqual(refusal);
});

test('T4 nobody there', async () => {
  const { bridge } = wire(await openRoom(), { endpoints: { pserver: 'http://127.0.0.1:9/' } });

  await expect(bridge.send('pserver', WRITE)).rejects.toMatchObject({ code: 'NETWORK' });
});

test.each([
  ['a line break', 'a\r\nb'],
  ['a letter beyond Latin-1', '✓'],
])('T1 a header of the widget that the engine refuses is left out: %s', async (_what, value) => {
  const room = await openRoom();
  const { ask } = wire(room, { widgetHeaders: ['x-trace', 'x-other'] });

  await ask(READ, { 'x-trace': value, 'x-other': '7' });

  const [{ headers } = { headers: {} }] = await room.arrivals();
  expect(headers).toMatchObject({ 'x-other': '7' });
  expect(headers).not.toHaveProperty('x-trace');
});

test('T4 no engine quotes a secret in what is told', async () => {
  const secret = 'hush';
  const room = await openRoom({ status: 500, body: secret });
  const broken = await openRoom({ end: 'half', body: secret, headers: { 'content-length': '1000' } });
  const wirings = [
    wire(room, { authToken: secret }),
    wire(broken, { authToken: secret, headers: { 'x-csrf': secret } }),
    wire(room, { authToken: () => `${secret}\n` }),
    wire(room, { headers: () => new Headers({ 'x-csrf': `${secret}\n✓` }) }),
    wire(room, { headers: () => ({ 'x-csrf': `${secret}\n✓` }) }),
  ];

  for (const { bridge } of wirings) {
    const error = await bridge
      .send<never>('pserver', { type: 'rateInsight', secret })
      .catch((error) => error);
    expect(error).toMatchObject({ code: expect.any(String) });
    for (let each = error; each instanceof Error; each = each.cause) {
      expect(`${each} ${each.stack} ${JSON.stringify(each)}`).not.toContain(secret);
    }
  }
});
